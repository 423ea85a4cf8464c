// Indicators as CSV on standard output: one row a candle, numbers that read back as the same Double.
import CandleFiles
import Domain
import Glibc

struct IndicatorSheet {
    private let openTimes: [Timestamp]
    private let names: [String]
    private let columns: [[Double]]

    init(_ table: CandleTable, _ specs: [IndicatorSpec]) {
        openTimes = table.openTimes
        names = specs.flatMap(\.columnNames)
        columns = specs.flatMap { $0.columns(of: table.candles) }
    }

    /// Writes all rows, or fails where the output takes no more.
    func write() throws(Failure) {
        var text = Array((["open_time_ms"] + names).joined(separator: ",").utf8)
        for row in openTimes.indices {
            text.append(UInt8(ascii: "\n"))
            text.append(contentsOf: openTimes[row].milliseconds.description.utf8)
            for column in columns {
                text.append(UInt8(ascii: ","))
                if !column[row].isNaN { text.append(contentsOf: column[row].description.utf8) }
            }
            if text.count >= Self.portion { try Self.put(&text) }
        }
        text.append(UInt8(ascii: "\n"))
        try Self.put(&text)
    }

    private static let portion = 1 << 16

    private static func put(_ text: inout [UInt8]) throws(Failure) {
        var written = 0
        while written < text.count {
            let count = text.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress! + written, $0.count - written) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(.io, "standard output takes no more: \(String(cString: strerror(errno)))") }
            written += count
        }
        text.removeAll(keepingCapacity: true)
    }
}
