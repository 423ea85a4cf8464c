// What the test exchange plays: the synthetic market, or candle files from a moment on.
import CandleFiles
import Domain
import ExchangeServer
import Exchanges

extension MarketHistory {
    static func synthetic(seed: UInt64, instruments: Int) -> MarketHistory {
        let market = SyntheticMarket(seed: seed, instrumentCount: instruments)
        return MarketHistory(name: market.name, rules: market.instruments.map { .usual($0) }, step: .m1,
                             listedSince: { market.listedSince($0, at: SyntheticMarket.epoch) }) { symbol, timeframe, from, to, limit in
            market.index(of: symbol).map { market.candles($0, timeframe, from: from, to: to, limit: limit) } ?? []
        }
    }

    /// The pairs that were traded at `start`, in the finest time frame all of them have.
    static func files(_ folder: String, from start: Timestamp) throws(Failure) -> MarketHistory {
        let market: CandleFileMarket
        do { market = try CandleFileMarket(paths: [folder], window: start - .days(60) ..< start + .days(400)) } catch {
            throw Failure(.data, "\(error.source): \(error.detail)")
        }
        let traded = market.instrumentsNow(at: start)
        guard let step = traded.map({ market.finest(of: $0.symbol, at: start) }).max() else {
            throw Failure(.data, "no candles of \(market.quote) pairs in \(folder) at \(start)")
        }
        return MarketHistory(name: market.name, rules: traded.map { .usual($0) }, step: step, listedSince: { market.listedSince($0) }) { symbol, timeframe, from, to, limit in
            // A damaged file has taken its pair out of the list already.
            (try? market.read(symbol, timeframe, from: from, to: to, limit: limit)) ?? []
        }
    }
}
