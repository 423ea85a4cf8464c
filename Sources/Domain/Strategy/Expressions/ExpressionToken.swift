// An expression's text as words, numbers and signs, each with its place.

struct ExpressionToken: Sendable {
    enum Kind: Hashable, Sendable {
        case number(Double)
        case timeframe(Timeframe)
        case word(String)
        /// One of `( ) [ ] , + - * / < <= > >= == !=`.
        case sign(String)
        case end
    }
    let kind: Kind
    /// Characters before it.
    let offset: Int

    /// How a message names it.
    var shown: String {
        switch kind {
        case .number(let number): "\(number)"
        case .timeframe(let timeframe): timeframe.rawValue
        case .word(let word): Echo.quoted(word)
        case .sign(let sign): "'\(sign)'"
        case .end: "the end"
        }
    }

    static let longestText = 2_000

    /// The tokens of a text and `.end`. A character that no expression has is an error.
    static func all(of text: String) throws(ExpressionError) -> [ExpressionToken] {
        let characters = Array(text.unicodeScalars)
        guard characters.count <= longestText else { throw ExpressionError(at: longestText, "longer than \(longestText) characters") }
        var tokens: [ExpressionToken] = []
        var at = 0
        while at < characters.count {
            let start = at, first = characters[at]
            at += 1
            if first.isBlank { continue }
            if first.isDigit {
                tokens.append(ExpressionToken(kind: try number(characters, start, &at), offset: start))
            } else if first.isLetter {
                while at < characters.count, characters[at].isLetter || characters[at].isDigit { at += 1 }
                tokens.append(ExpressionToken(kind: .word(string(characters[start..<at])), offset: start))
            } else if at < characters.count, characters[at] == "=", "<>=!".unicodeScalars.contains(first) {
                at += 1
                tokens.append(ExpressionToken(kind: .sign(string(characters[start..<at])), offset: start))
            } else if "()[],+-*/<>".unicodeScalars.contains(first) {
                tokens.append(ExpressionToken(kind: .sign(String(first)), offset: start))
            } else {
                throw ExpressionError(at: start, hint(first))
            }
        }
        return tokens + [ExpressionToken(kind: .end, offset: characters.count)]
    }

    /// `70`, `0.5`, or a time frame such as `4h`.
    private static func number(_ characters: [Unicode.Scalar], _ start: Int, _ at: inout Int) throws(ExpressionError) -> Kind {
        while at < characters.count, characters[at].isDigit || characters[at] == "." { at += 1 }
        let digits = at
        while at < characters.count, characters[at].isLetter || characters[at].isDigit { at += 1 }
        let text = string(characters[start..<at])
        if at > digits {
            guard let timeframe = Timeframe(rawValue: text) else {
                throw ExpressionError(at: start, "\(Echo.quoted(text)) is neither a number nor a time frame such as \(Timeframe.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return .timeframe(timeframe)
        }
        guard let exact = FixedDecimal(text) else { throw ExpressionError(at: start, "\(Echo.quoted(text)) is not a number such as 70 or 0.5") }
        return .number(exact.double)
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    private static func hint(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "&": "'&' means nothing here; write 'and'"
        case "|": "'|' means nothing here; write 'or'"
        case "!": "'!' means nothing here; write 'not'"
        case "=": "'=' means nothing here; to compare, write '=='"
        case "%": "'%' means nothing here; write a share as a number, 0.03 for 3 %"
        default: "\(Echo.quoted(String(scalar))) means nothing in an expression"
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isBlank: Bool { self == " " || self == "\n" || self == "\t" || self == "\r" }
    fileprivate var isDigit: Bool { (48...57).contains(value) }
    fileprivate var isLetter: Bool { (97...122).contains(value) || (65...90).contains(value) || self == "_" }
}
