// The first round of a look: instruments, tickers, coins and the venue's clock, side by side.
import Kernel
import Market
import Ports

extension MarketLook {
    /// What the first round brought.
    struct FirstRound: Sendable {
        var instruments: [Instrument] = []
        var tickers: [Symbol: Ticker] = [:]
        var coins: [Currency: CoinFacts] = [:]
        var clock: VenueClock?
        /// Instruments that cannot be paid for in the account's currency: counted, not judged one by one.
        var inOtherQuotes = 0
        var reports: [SourceReport] = []
        var tries = 0
        var receivedAt: Timestamp?
    }

    private enum Part: Sendable { case instruments([Instrument]), tickers([Ticker]), coins([CoinFacts]), clock(VenueClock) }

    /// Throws if a required source is lost; a lost optional one is among the reports.
    func firstRound(at time: Timestamp) async throws(FeedError) -> FirstRound {
        var ground = FirstRound()
        for fetched in await fetching.fetchAll(questions(at: time)) {
            let report = fetched.report
            guard let value = fetched.value else {
                if report.isRequired { throw FeedError(.unavailable, source: report.name, report.detail) }
                ground.reports.append(report)
                continue
            }
            switch value {
            case .instruments(let all):
                ground.instruments = all.filter { $0.symbol.quote == rules.quote }
                ground.inOtherQuotes = all.count - ground.instruments.count
            case .tickers(let all): ground.tickers = Dictionary(all.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
            case .coins(let all): ground.coins = Dictionary(all.map { ($0.asset, $0) }, uniquingKeysWith: { first, _ in first })
            case .clock(let reading): ground.clock = reading
            }
            if report.isRequired {
                ground.tries = max(ground.tries, report.tries)
                ground.receivedAt = report.receivedAt
            } else {
                ground.reports.append(report)
            }
        }
        return ground
    }

    private func questions(at time: Timestamp) -> [Source<Part>] {
        let market = sources.market
        var questions = [
            Source<Part>("\(market.name) instruments", required: true) { () throws(FeedError) in
                let all = try await market.instruments(at: time)
                return SourceValue(.instruments(all), items: all.count)
            },
            Source<Part>("\(market.name) prices", required: true) { () throws(FeedError) in
                let all = try await market.tickers(at: time)
                return SourceValue(.tickers(all), items: all.count)
            }
        ]
        if let catalog = sources.catalog {
            questions.append(
                Source(catalog.name, required: false) { () throws(FeedError) in
                    let all = try await catalog.coins(limit: Self.coins)
                    return SourceValue(.coins(all), items: all.count)
                })
        }
        if let measure = sources.venueClock {
            questions.append(
                Source("\(market.name) clock", required: false) { () throws(FeedError) in
                    let reading = try await measure()
                    return SourceValue(.clock(reading), asOf: reading.measuredAt)
                })
        }
        return questions
    }
}
