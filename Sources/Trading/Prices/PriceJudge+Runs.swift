// Candles as runs that go on from each other. Between two runs lies a step no market takes in a minute; a wick is a
// candle that goes out so far and comes back.
import Market

extension PriceJudge {
    struct Run: Hashable {
        var indices: [Int]
        /// It goes on from what is known of the price.
        let isLinked: Bool
        var first: Int { indices[0] }
        var last: Int { indices[indices.count - 1] }
    }

    func runs(of candles: [Candle], after known: KnownRange?) -> (runs: [Run], wicks: [Int]) {
        var runs: [Run] = [], wicks: [Int] = [], before = known
        for (index, candle) in candles.enumerated() {
            let body = KnownRange(candle.open, candle.close)
            guard isNear(candle, body) else {
                wicks.append(index)
                continue
            }
            if let before, !isNear(candle, before) {
                runs.append(Run(indices: [index], isLinked: false))
            } else if runs.isEmpty {
                runs.append(Run(indices: [index], isLinked: true))
            } else {
                runs[runs.count - 1].indices.append(index)
            }
            before = body
        }
        return (runs, wicks)
    }

    /// Candles that lie apart, whole, from those before and after them, on one side: a market that leaves and comes back trades on the way.
    func islands(in candles: [Candle], after known: KnownRange?) -> [Range<Int>] {
        var islands: [Range<Int>] = [], left: (index: Int, isDown: Bool)?, before = known
        for (index, candle) in candles.enumerated() {
            let range = KnownRange(candle.low, candle.high)
            if let isDown = before.flatMap({ step(from: $0, to: range) }) {
                if let from = left, from.isDown != isDown {
                    islands.append(from.index..<index)
                    left = nil
                } else {
                    left = (index, isDown)
                }
            }
            before = range
        }
        return islands
    }

    /// Whether it goes down; nil if they touch, or nearly.
    private func step(from before: KnownRange, to after: KnownRange) -> Bool? {
        if after.high < before.low, PriceSanity.difference(after.high, before.low) > islandLimit { return true }
        if after.low > before.high, PriceSanity.difference(after.low, before.high) > islandLimit { return false }
        return nil
    }

    private func isNear(_ candle: Candle, _ range: KnownRange) -> Bool {
        (candle.low >= range.low || PriceSanity.difference(candle.low, range.low) <= farLimit)
            && (candle.high <= range.high || PriceSanity.difference(candle.high, range.high) <= farLimit)
    }

    /// True if the price now is out there too: then the candle is no wick, but where the market went.
    func reaches(_ price: SpotPrice?, _ candle: Candle) -> Bool {
        guard let price else { return false }
        let down = PriceSanity.difference(candle.low, min(candle.open, candle.close)) > farLimit
        let up = PriceSanity.difference(candle.high, max(candle.open, candle.close)) > farLimit
        return (!down || PriceSanity.difference(price.last, candle.low) <= farLimit)
            && (!up || PriceSanity.difference(price.last, candle.high) <= farLimit)
    }
}
