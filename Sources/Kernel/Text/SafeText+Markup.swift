// Text from outside where some characters are not text: in the markup of a chat or a page, and in the cell of a spreadsheet.

extension SafeText {
    /// For the HTML of a chat, which knows three escapes: as for a terminal, with `&`, `<` and `>` escaped. Line ends stay.
    public static func chatHTML(_ text: String) -> String {
        escaped(terminal(text)) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: nil
            }
        }
    }

    /// For an element or a quoted attribute of a page. What XML cannot hold becomes U+FFFD.
    public static func html(_ text: String) -> String {
        escaped(text) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "'": "&#39;"
            case "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
            default: scalar.isControl ? "\u{FFFD}" : nil
            }
        }
    }

    /// For a cell of a CSV file, before its quoting: what shows nothing becomes a space, and what a spreadsheet may take for a
    /// formula gets a quote character before it. At most `limit` scalars are kept.
    public static func csvCell(_ text: String, limit: Int) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) { scalars.append(scalar.isPrintable ? scalar : " ") }
        let first = scalars.first { !$0.isSpace }
        return (first.map { formulaStarts.contains($0) } == true ? "'" : "") + String(scalars)
    }

    /// Also in full width, which some spreadsheets read the same.
    private static let formulaStarts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"]

    private static func escaped(_ text: String, _ escape: (Unicode.Scalar) -> String?) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            if let escape = escape(scalar) { out += escape } else { out.unicodeScalars.append(scalar) }
        }
        return out
    }
}
