// Current prices of what is held: the close of the finest closed candle, fresh or not at all.
import Domain
import Ports

struct Marks {
    let parts: Parts

    /// One mark for every symbol that has a fresh one at `time`; the others are missing.
    func prices(of symbols: [Symbol], at time: Timestamp) async -> [Symbol: Price] {
        var marks: [Symbol: Price] = [:]
        for symbol in symbols {
            let timeframe = await parts.market.finestTimeframe(of: symbol, at: time)
            let from = time - timeframe.duration * 3
            guard let candle = try? await parts.market.candles(symbol, timeframe, from: from, to: time, limit: 1).last else { continue }
            marks[symbol] = candle.close
        }
        return marks
    }
}
