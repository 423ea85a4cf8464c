// What is wrong with a row, looked for only if something is wrong.

extension HistoryScan {
    /// What is wrong with a line that is no row: its columns once more, slowly.
    func damage(_ bytes: UnsafeMutablePointer<UInt8>, _ start: Int) -> FileFault {
        var end = start
        while bytes[end] != Self.lineBreak { end += 1 }
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        let line = UnsafeBufferPointer(start: bytes + start, count: end - start)
        let fields = line.split(separator: Self.comma, omittingEmptySubsequences: false)
        for (index, field) in fields.enumerated().dropFirst() {
            let column = field.startIndex + 1
            if index >= Self.names.count { return fault(column, fields.count == 12 ? RowScanner.archiveFault : "more than 6 columns") }
            if let reason = Self.reason(Array(field)) { return fault(column, "\(Self.names[index]) \(reason)") }
        }
        return fault(line.count + 1, "\(fields.count) columns instead of 6")
    }

    /// Why bytes are no number of a candle file; nil if they are one.
    private static func reason(_ field: [UInt8]) -> String? {
        if field.isEmpty { return "is empty" }
        if field[0] == UInt8(ascii: "-") { return "is negative" }
        let parts = field.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0 &- 48 < 10 } }) else { return "is not a number such as 123.45" }
        let decimals = parts.count == 2 ? parts[1].count : 0
        return parts[0].count + decimals > 18 || decimals > 12 ? "has too many digits" : nil
    }

    /// How four prices contradict each other.
    func disorder(_ open: Double, _ high: Double, _ low: Double, _ close: Double) -> String {
        high < low
            ? "high below low"
            : high < open ? "high below open" : high < close ? "high below close" : low > open ? "low above open" : "low above close"
    }
}
