// A `date,return` file to a series. Every byte of it is suspect: the first thing that is not as it must
// be is named with its line and column, and nothing of the file is used.
public import Kernel

extension ReturnSeries {
    /// Reads the header `date,return` and one row a period. A date is `YYYY-MM-DD` (midnight UTC), ISO 8601 with a
    /// zone, or milliseconds since 1970; a return is a plain decimal number of -1 or more. Lines end with LF or CRLF; a byte
    /// order mark may stand before them.
    public init(csv bytes: [UInt8]) throws(TextFault) {
        self.init()
        if let reason = TextOpening.fault(bytes) { throw TextFault(line: 1, column: 1, reason: "the file \(reason)") }
        let bytes = TextOpening.body(bytes)
        var number = 0, start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: 10) ?? bytes.endIndex
            number += 1
            var line = bytes[start..<end]
            if line.last == 13 { line.removeLast() }
            if number == 1 { try Self.requireHeader(line) } else { try appendRow(line, number) }
            start = end + 1
        }
        if number == 0 { try Self.requireHeader([]) }
    }

    private static func requireHeader(_ line: ArraySlice<UInt8>) throws(TextFault) {
        guard line.elementsEqual("date,return".utf8) else { throw TextFault(line: 1, column: 1, reason: "the header is not 'date,return'") }
    }

    private mutating func appendRow(_ line: ArraySlice<UInt8>, _ number: Int) throws(TextFault) {
        func fault(_ column: Int, _ reason: String) -> TextFault { TextFault(line: number, column: column, reason: reason) }
        guard !line.isEmpty else { throw fault(1, "the line is empty") }
        guard let comma = line.firstIndex(of: 44) else { throw fault(line.count + 1, "one column instead of 2") }
        let second = comma - line.startIndex + 2
        if let third = line[(comma + 1)...].firstIndex(of: 44) { throw fault(third - line.startIndex + 1, "more than 2 columns") }
        guard let time = Timestamp(cell: line[..<comma]) else {
            throw fault(1, "no date; examples are 2024-01-31, 2024-01-31T14:00:00Z and 1706709600000")
        }
        guard let value = Self.number(line[(comma + 1)...]) else { throw fault(second, "the return is no decimal number") }
        do { try append(value, at: time) } catch {
            switch error {
            case .duplicate: throw fault(1, "the date is that of the row before")
            case .disordered: throw fault(1, "the date is earlier than the row before")
            case .notFinite: throw fault(second, "the return is too large for a number")
            case .belowMinusOne: throw fault(second, "the return is below -1: more than everything cannot be lost")
            }
        }
    }

    /// Digits with at most one point, and perhaps an exponent; infinite if it is too large.
    private static func number(_ cell: ArraySlice<UInt8>) -> Double? {
        guard (1...64).contains(cell.count), cell.first != UInt8(ascii: "+"), let last = cell.last, last &- 48 < 10 || last == UInt8(ascii: "."),
            cell.allSatisfy({ $0 &- 48 < 10 || "+-.eE".utf8.contains($0) })
        else { return nil }
        return Double(String(decoding: cell, as: UTF8.self))
    }
}
