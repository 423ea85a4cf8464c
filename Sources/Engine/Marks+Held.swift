// Prices of what is held, judged: candles against last price and order book of the same step, if a venue has both.
import Analysis
import Events
import Kernel
import Market
import Ports
import Trading

extension Marks {
    /// What speaks for or against the candles of each symbol; nothing is asked if there is no other source.
    func opinions(on symbols: [Symbol]) async -> [Symbol: SecondOpinion] {
        let market = parts.market
        guard market.hasQuotes, !symbols.isEmpty else { return [:] }
        let fetched = await parts.fetching.fetchAll(
            symbols.map { symbol in
                Source("\(symbol) quote", required: false) { () throws(FeedError) in SourceValue(try await market.quote(of: symbol)) }
            })
        return Dictionary(
            zip(symbols, fetched).map { symbol, fetched in
                (symbol, fetched.value.map { $0.map { .quote($0) } ?? .none } ?? .unread(why: fetched.report.detail))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The price of each position, from its candles and what else is known; one of which nothing could be read is missing.
    func judged(_ histories: [Symbol: RecentCandles], _ book: Book, at time: Timestamp) async -> [Symbol: HeldPrice] {
        let positions = book.main.sortedPositions, opinions = await opinions(on: positions.map(\.symbol))
        let judge = PriceJudge()
        var judged: [Symbol: HeldPrice] = [:]
        for position in positions {
            let symbol = position.symbol, history = histories[symbol], second = opinions[symbol] ?? .none
            let price = judge.judge(
                history?.candles ?? [], history?.timeframe ?? .m1, reachesNow: history?.reachesNow ?? true,
                isDisputed: book.trouble(.disputed, symbol.description) != nil, known: position.holding?.knownRange, second: second, at: time)
            if history != nil || price.spot != nil { judged[symbol] = price }
        }
        return judged
    }

    /// What each position counts at now; a position for whose price no source can be believed is missing.
    func held(_ book: Book, at time: Timestamp) async -> [Symbol: Price] {
        let symbols = book.main.openPositions.map(\.symbol)
        guard parts.market.hasQuotes else { return await prices(of: symbols, at: time) }
        let recent = await histories(symbols.map { ($0, time - .minutes(5)) }, at: time)
        return await judged(recent.found, book, at: time).compactMapValues(\.mark)
    }
}
