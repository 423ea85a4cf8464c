// Where a character of a YAML text value stands in its file. Folding and indentation change nothing but
// blanks, so the n-th character that is no blank is the n-th one in the file too.

enum SourcePlace {
    /// - Parameters:
    ///   - offset: characters before it in `value`.
    ///   - start: where the value begins in the file, as the parser says.
    static func of(_ offset: Int, in value: String, at start: Position, _ text: String) -> Position {
        let wanted = value.unicodeScalars.prefix(offset).count(where: { !isBlank($0) })
        let isPastEnd = !value.unicodeScalars.dropFirst(offset).contains { !isBlank($0) }
        var place = start, seen = 0, after = start
        var skipLine = false, isFirst = true
        for scalar in rest(of: text, from: start) {
            if isFirst {
                isFirst = false
                // A block's `>` or `|` takes its line; a quote is one character.
                if scalar == ">" || scalar == "|" { skipLine = true }
                if scalar == "\"" || scalar == "'" { place = Position(line: place.line, column: place.column + 1); continue }
            }
            if scalar == "\n" { skipLine = false }
            if !skipLine, !isBlank(scalar) {
                if seen == wanted, !isPastEnd { return place }
                seen += 1
                after = Position(line: place.line, column: place.column + 1)
                if seen == wanted, isPastEnd { return after }
            }
            place = scalar == "\n" ? Position(line: place.line + 1, column: 1) : Position(line: place.line, column: place.column + 1)
        }
        return after
    }

    private static func rest(of text: String, from start: Position) -> Substring.UnicodeScalarView {
        let scalars = text.unicodeScalars[...]
        var line = 1, index = scalars.startIndex
        while line < start.line, let end = scalars[index...].firstIndex(of: "\n") {
            index = scalars.index(after: end)
            line += 1
        }
        return Substring(scalars[index...].dropFirst(start.column - 1)).unicodeScalars
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t" }
}
