// Candles told apart by what is in them: the fingerprint under which trials are counted.
package import Backtest
import CandleStore
import Kernel
package import Market
import Signing
import Store

extension TrialData {
    /// - Parameters:
    ///   - detail: finer candles of the same markets, if the run looked into them.
    ///   - panel: recorded answers, if the run went by them.
    package init(_ histories: [CandleHistory], detail: [CandleHistory] = [], panel: RecordedPanel? = nil) {
        let answers = panel.map { JSONValue.fields([("answers", .text(SHA256.hex(Array($0.text(over: histories).utf8))))]) }
        let about = JSONValue.list((histories + detail).map(Self.about) + (answers.map { [$0] } ?? [])).description
        self.init(fingerprint: String(SHA256.hex(Array(about.utf8)).prefix(32)), about: about)
    }

    private static func about(_ history: CandleHistory) -> JSONValue {
        let instrument = history.instrument
        return .fields([
            ("symbol", .text(instrument.symbol.description)), ("timeframe", .text(history.timeframe.rawValue)), ("rows", .number("\(history.count)")),
            ("from", .text(history.openTime.first.map { Timestamp(milliseconds: $0).iso8601 })),
            ("to", .text(history.openTime.last.map { Timestamp(milliseconds: $0).iso8601 })),
            ("tick", .decimal(instrument.tickSize)), ("lot", .decimal(instrument.lotStep)), ("min_notional", .decimal(instrument.minNotional)),
            ("decimals", .number("\(history.pricePlaces)")), ("xxh64", .text(columns(history)))
        ])
    }

    /// One hash over the hashes of the columns.
    private static func columns(_ history: CandleHistory) -> String {
        let columns =
            [UnsafeRawBufferPointer(history.openTime)]
            + [history.open, history.high, history.low, history.close, history.volume].map { UnsafeRawBufferPointer($0) }
        let hash = columns.map { XXHash64.hash($0) }.withUnsafeBytes { XXHash64.hash($0) }
        let text = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
