// Candles that strategies read and the hours' pictures do not have: the new ones are kept beside the chain, so that what was
// decided on them can be decided again.
import Analysis
import Events
import Kernel
import Market
import Ports

struct KeptCandles {
    let parts: Parts
    let picture: MarketSnapshot?

    /// nil if all of them are kept already.
    func prepare(_ histories: CandleHistories, _ hourly: [Symbol: [Candle]], _ book: Book) -> (event: CandlesTaken, blob: Blob)? {
        var all = histories.compactMapValues(\.candles)
        for (symbol, candles) in hourly { all[CandleKey(symbol, .h1)] = all[CandleKey(symbol, .h1)] ?? candles }
        var bytes: [UInt8] = [], kept: [CandlesTaken.Kept] = []
        for (key, candles) in all.sorted(by: { $0.key < $1.key }) {
            let before = book.kept(key.symbol, key.timeframe),
                pictured = Set((key.timeframe == .h1 ? picture?.view(key.symbol)?.candles : nil)?.map(\.openTime) ?? [])
            let new = candles.filter { candle in
                !pictured.contains(candle.openTime) && (before.map { candle.openTime < $0.first || candle.openTime > $0.last } ?? true)
            }
            guard let first = new.first, let last = new.last else { continue }
            for candle in new { CandleText.append(candle, "\(key.symbol),\(key.timeframe.rawValue)", to: &bytes) }
            kept.append(range(of: key, new: first.openTime, last.openTime, reaching: candles[0].openTime, before))
        }
        guard !kept.isEmpty else { return nil }
        let hash = parts.hash(bytes)
        return (CandlesTaken(blob: hash, kept: kept), Blob(hash: hash, bytes: parts.compress(bytes)))
    }

    /// What is kept from now on. Behind a hole the older ones count as not kept: they do not reach up to these.
    private func range(
        of key: CandleKey, new first: Timestamp, _ last: Timestamp, reaching oldest: Timestamp, _ before: CandlesTaken.Kept?
    ) -> CandlesTaken.Kept {
        let step = key.timeframe.duration
        let before = before.flatMap { $0.last + step >= oldest && last + step >= $0.first ? $0 : nil }
        return .init(
            symbol: key.symbol, timeframe: key.timeframe, first: min(first, before?.first ?? first), last: max(last, before?.last ?? last))
    }
}

/// One line a candle: what it is of, open time, open, high, low, close, volume.
enum CandleText {
    static func append(_ candle: Candle, _ name: String, to bytes: inout [UInt8]) {
        bytes += name.utf8
        bytes.append(UInt8(ascii: ","))
        bytes += String(candle.openTime.milliseconds).utf8
        for value in [candle.open.value, candle.high.value, candle.low.value, candle.close.value, candle.volume.value] {
            bytes.append(UInt8(ascii: ","))
            value.append(to: &bytes)
        }
        bytes.append(UInt8(ascii: "\n"))
    }
}
