// One cell of a CSV file (RFC 4180, every cell quoted). Text comes from outside too, so a spreadsheet
// must never take it for a formula; a number keeps its sign and stays a number.
import Kernel

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
        case .text(let text): SafeText.csvCell(text, limit: Self.textLimit)
        case .number(let number): number.description
        case .time(let time): Self.spread(time.floored(to: .seconds(1)).iso8601)
        case .empty: ""
        }
    }

    /// A whole row. Built byte by byte: a year of signals is a hundred and eighty thousand of them.
    static func line(_ cells: [CSVCell]) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        var line: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            line += index == 0 ? [quote] : [UInt8(ascii: ","), quote]
            for byte in cell.content.utf8 {
                if byte == quote { line.append(quote) }
                line.append(byte)
            }
            line.append(quote)
        }
        return line + Array("\r\n".utf8)
    }

    /// `2026-01-05T10:00:00Z` as `2026-01-05 10:00:00`.
    private static func spread(_ iso: String) -> String {
        String(iso.prefix { $0 != "T" }) + " " + iso.drop { $0 != "T" }.dropFirst().dropLast()
    }
}
