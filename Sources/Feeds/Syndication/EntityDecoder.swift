// Character references: the five of XML, the numeric ones, and the HTML names that occur in
// headlines. One pass, nothing nested, so nothing can expand; an unknown name stays as it is.

enum EntityDecoder {
    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ensp": " ", "emsp": " ", "thinsp": " ",
        "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "ldquo": "“", "rdquo": "”", "bdquo": "„",
        "laquo": "«", "raquo": "»", "hellip": "…", "bull": "•", "middot": "·", "copy": "©", "reg": "®", "trade": "™",
        "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "sect": "§", "para": "¶", "deg": "°", "plusmn": "±", "times": "×",
        "divide": "÷", "frac12": "½", "aacute": "á", "agrave": "à", "acirc": "â", "auml": "ä", "atilde": "ã", "aring": "å",
        "ccedil": "ç", "eacute": "é", "egrave": "è", "ecirc": "ê", "euml": "ë", "iacute": "í", "ntilde": "ñ", "oacute": "ó",
        "ocirc": "ô", "ouml": "ö", "otilde": "õ", "oslash": "ø", "szlig": "ß", "uacute": "ú", "uuml": "ü",
        "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "Eacute": "É"
    ]

    /// Each reference becomes its character once; what it yields is not looked at again.
    static func decode(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var result = String.UnicodeScalarView()
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            if scalars[index] == "&", let (scalar, end) = reference(scalars, after: scalars.index(after: index)) {
                result.append(scalar)
                index = end
            } else {
                result.append(scalars[index])
                index = scalars.index(after: index)
            }
        }
        return String(result)
    }

    /// The character that `name;` or `#…;` stands for, and where the text goes on.
    private static func reference(_ scalars: String.UnicodeScalarView, after start: String.Index) -> (Unicode.Scalar, String.Index)? {
        let window = scalars[start...].prefix(12)
        guard let semicolon = window.firstIndex(of: ";"), semicolon > start else { return nil }
        let name = String(scalars[start..<semicolon])
        let end = scalars.index(after: semicolon)
        guard name.hasPrefix("#") else { return named[name].map { ($0, end) } }
        let hexadecimal = name.dropFirst().first.map { $0 == "x" || $0 == "X" } ?? false
        let digits = name.dropFirst(hexadecimal ? 2 : 1)
        guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
            let value = UInt32(digits, radix: hexadecimal ? 16 : 10)
        else { return nil }
        // Old pages write windows-1252 numbers where they mean typographic quotes.
        let code = (0x80...0x9F).contains(value) ? CharacterSets.windows1252(UInt8(value)) : Unicode.Scalar(value)
        guard let scalar = code, scalar.value >= 32 || scalar == "\n" || scalar == "\t" else { return (" ", end) }
        return (scalar, end)
    }
}
