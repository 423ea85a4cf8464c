// Coarse candles from finer ones: complete or absent. A coarse candle with a part missing would have
// a high that nobody saw, so a gap inside leaves a gap (F052).
import Kernel
import Market

enum Aggregation {
    /// Candles of `timeframe` out of ascending `parts` of a finer time frame that divides it.
    static func candles(_ timeframe: Timeframe, from parts: some Sequence<Candle>, of finer: Timeframe) -> [Candle] {
        let needed = Int(timeframe.duration.milliseconds / finer.duration.milliseconds)
        var result: [Candle] = []
        var group: [Candle] = []
        var bucket = Timestamp(milliseconds: .min)
        func close() {
            if group.count == needed, let whole = merged(group, opening: bucket) { result.append(whole) }
            group.removeAll(keepingCapacity: true)
        }
        for part in parts {
            let opening = part.openTime.floored(to: timeframe.duration)
            if opening != bucket { close(); bucket = opening }
            group.append(part)
        }
        close()
        return result
    }

    /// Open of the first, close of the last, the extremes and the sum of all.
    static func merged(_ parts: [Candle], opening: Timestamp) -> Candle? {
        guard let first = parts.first, let last = parts.last else { return nil }
        var high = first.high, low = first.low, volume = FixedDecimal.zero
        for part in parts {
            high = max(high, part.high)
            low = min(low, part.low)
            volume = volume + part.volume.value
        }
        guard let sum = Quantity(volume) else { return nil }
        return Candle(openTime: opening, open: first.open, high: high, low: low, close: last.close, volume: sum)
    }
}
