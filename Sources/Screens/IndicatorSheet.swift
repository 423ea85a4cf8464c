// Indicators as CSV on standard output: one row a candle, numbers that read back as the same Double.
package import Application
package import CandleFiles
import Kernel
package import Market

package struct IndicatorSheet {
    private let openTimes: [Timestamp]
    private let names: [String]
    private let columns: [[Double]]

    package init(_ table: CandleTable, _ specs: [IndicatorSpec]) {
        openTimes = table.openTimes
        names = specs.flatMap(\.columnNames)
        columns = specs.flatMap { $0.columns(of: table.candles) }
    }

    /// Gives all rows in portions.
    package func write(_ put: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        var text = Array((["open_time_ms"] + names).joined(separator: ",").utf8)
        for row in openTimes.indices {
            text.append(UInt8(ascii: "\n"))
            text.append(contentsOf: openTimes[row].milliseconds.description.utf8)
            for column in columns {
                text.append(UInt8(ascii: ","))
                if !column[row].isNaN { text.append(contentsOf: column[row].description.utf8) }
            }
            if text.count >= Self.portion {
                try put(text)
                text.removeAll(keepingCapacity: true)
            }
        }
        text.append(UInt8(ascii: "\n"))
        try put(text)
    }

    private static let portion = 1 << 16
}
