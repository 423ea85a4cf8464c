// Writing a text as a JSON string, for values made here. Control characters, line ends of any script,
// quotes and backslashes are escaped, so that the text stays on one line; everything else stays as it is.

public enum JSONText {
    /// The text in double quotes.
    public static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            default:
                switch scalar.value {
                case 0..<0x20, 0x7f...0x9f, 0x2028, 0x2029: out += escape(UInt16(scalar.value))
                default: out.unicodeScalars.append(scalar)
                }
            }
        }
        return out + "\""
    }

    /// `\u00ab` of one UTF-16 unit.
    public static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
