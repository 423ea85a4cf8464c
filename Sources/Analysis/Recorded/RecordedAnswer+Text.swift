// A `time,symbol,agreed,conviction` file to answers. Every byte of it is suspect: the first thing that is not as it
// must be is named with its line and column, and nothing of the file is used.
public import Kernel
import Market

extension RecordedAnswer {
    static let columns = ["time", "symbol", "agreed", "conviction"]

    /// Reads the header and one row an answer, in any order. The time is the full hour of the cycle: `YYYY-MM-DD`
    /// (midnight UTC), ISO 8601 with a zone, or milliseconds since 1970; `agreed` is true or false; a conviction is 0 to
    /// 1. There is one answer about a pair in an hour. Lines end with LF or CRLF; a byte order mark may stand before them.
    public static func read(csv bytes: [UInt8]) throws(TextFault) -> [RecordedAnswer] {
        var reader = AnswerReader()
        if let reason = TextOpening.fault(bytes) { throw TextFault(line: 1, column: 1, reason: "the file \(reason)") }
        let bytes = TextOpening.body(bytes)
        for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            let isEnd = line.isEmpty && line.startIndex == bytes.endIndex && index > 0
            if !isEnd { try reader.take(line.last == 13 ? line.dropLast() : line, index + 1) }
        }
        return reader.answers
    }
}

private struct AnswerReader {
    private struct Place: Hashable {
        let symbol: Symbol
        let hour: Timestamp
    }
    private(set) var answers: [RecordedAnswer] = []
    private var lines: [Place: Int] = [:]

    mutating func take(_ line: ArraySlice<UInt8>, _ number: Int) throws(TextFault) {
        guard number > 1 else {
            let header = RecordedAnswer.columns.joined(separator: ",")
            guard line.elementsEqual(header.utf8) else { throw TextFault(line: 1, column: 1, reason: "the header is not '\(header)'") }
            return
        }
        guard !line.isEmpty else { throw TextFault(line: number, column: 1, reason: "the line is empty") }
        let cells = line.split(separator: 44, omittingEmptySubsequences: false)
        func fault(_ cell: Int, _ reason: String) -> TextFault {
            TextFault(line: number, column: cells[cell].startIndex - line.startIndex + 1, reason: reason)
        }
        guard cells.count >= 4 else { throw TextFault(line: number, column: line.count + 1, reason: "\(cells.count) columns instead of 4") }
        guard cells.count == 4 else { throw fault(4, "more than 4 columns") }
        guard let hour = Timestamp(cell: cells[0]) else { throw fault(0, "no time; examples are 2024-01-31T14:00:00Z and 1706709600000") }
        guard hour == hour.floored(to: .hours(1)) else { throw fault(0, "the time is no full hour; it is that of the cycle, not of the answer") }
        guard let symbol = String(validating: cells[1], as: UTF8.self).flatMap({ Symbol($0) }) else { throw fault(1, "no pair such as BTC/USDT") }
        let agreed = cells[2].elementsEqual("true".utf8)
        guard agreed || cells[2].elementsEqual("false".utf8) else { throw fault(2, "agreed is not true or false") }
        guard let conviction = FixedDecimal(utf8: cells[3]), conviction >= .zero, conviction <= .one else {
            throw fault(3, "the conviction is no decimal number from 0 to 1")
        }
        if let first = lines.updateValue(number, forKey: Place(symbol: symbol, hour: hour)) {
            throw fault(0, "a second answer about \(symbol) at this hour; the first is in line \(first)")
        }
        answers.append(RecordedAnswer(symbol: symbol, hour: hour, agreed: agreed, conviction: Ratio(conviction)))
    }
}
