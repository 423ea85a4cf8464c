// What the test exchange plays: the synthetic market, or candle files from a moment on.
import CandleFiles
package import ExchangeServer
import Glibc
package import Kernel
import Market
import Ports
import VenueSynthetic

extension MarketHistory {
    package static func synthetic(seed: UInt64, instruments: Int, from start: Timestamp) throws(Failure) -> MarketHistory {
        let market = SyntheticMarket(seed: seed, instrumentCount: instruments)
        guard market.instruments.indices.contains(where: { market.ticker($0, at: start) != nil }) else {
            throw Failure(.usage, "the \(market.name) has no candles at \(start); it goes from \(SyntheticMarket.epoch) to \(SyntheticMarket.end)")
        }
        return MarketHistory(
            name: market.name, rules: market.instruments.map { .usual($0) }, step: .m1,
            listedSince: { market.listedSince($0, at: SyntheticMarket.epoch) }
        ) { symbol, timeframe, from, to, limit in
            market.index(of: symbol).map { market.candles($0, timeframe, from: from, to: to, limit: limit) } ?? []
        }
    }

    /// The pairs that were traded at `start`, in the finest time frame all of them have.
    package static func files(_ folder: String, from start: Timestamp) throws(Failure) -> MarketHistory {
        guard access(folder, R_OK) == 0 else { throw TextFile.unreadable(folder) }
        let market: CandleFileMarket
        do { market = try CandleFileMarket(paths: [folder], window: start - .days(60)..<start + .days(400)) } catch {
            throw Failure(.data, "\(error.source): \(error.detail)")
        }
        let traded = market.instrumentsNow(at: start)
        guard let step = traded.map({ market.finest(of: $0.symbol, at: start) }).max() else {
            let there = market.span.map { "; they go from \($0.lowerBound) to \($0.upperBound)" } ?? ""
            throw Failure(
                .data, "no candles of \(market.quote) pairs in \(folder) at \(start)\(there)" + (market.damaged().first.map { "; \($0)" } ?? ""))
        }
        return MarketHistory(name: market.name, rules: traded.map { .usual($0) }, step: step, listedSince: { market.listedSince($0) }) {
            symbol, timeframe, from, to, limit in
            // A damaged file has taken its pair out of the list already.
            (try? market.read(symbol, timeframe, from: from, to: to, limit: limit)) ?? []
        }
    }
}
