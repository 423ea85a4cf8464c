// One cell of a CSV file (RFC 4180, every cell quoted). Text comes from outside too, so a spreadsheet
// must never take it for a formula; a number keeps its sign and stays a number.
import Domain

enum CSVCell {
    case text(String)
    case number(FixedDecimal)
    /// UTC, to the second, in the one form that every spreadsheet reads as a time.
    case time(Timestamp)
    case empty

    static let textLimit = 500

    /// The cell's content before quoting; one line, whatever it was made of.
    var content: String {
        switch self {
        case .text(let text): Self.guarded(text)
        case .number(let number): number.description
        case .time(let time): time.floored(to: .seconds(1)).iso8601.replacing("T", with: " ").replacing("Z", with: "")
        case .empty: ""
        }
    }

    static func line(_ cells: [CSVCell]) -> String {
        cells.map { "\"" + $0.content.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
    }

    /// Control characters become spaces, and what a spreadsheet may take for a formula gets a quote character before it.
    private static func guarded(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(textLimit) {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .format: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        let first = scalars.first { !$0.properties.isWhitespace }
        return (first.map { formulaStarts.contains($0) } == true ? "'" : "") + String(scalars)
    }

    /// Also in full width, which some spreadsheets read the same.
    private static let formulaStarts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"]
}
