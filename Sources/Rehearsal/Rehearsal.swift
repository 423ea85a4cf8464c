// A strategy over years of candles by the bot's own engine: each close the monitor's step and the strategies'
// round, order by order, fill by fill, through the book and the gate. Slow, and that is its point: a backtest
// that gives the same trades has left nothing out.
import Analysis
public import Engine
import Events
public import Kernel
public import Market
import Ports
public import Risk
import Settings
public import Strategies
public import Trading
import VenuePaper

public struct Rehearsal: Sendable {
    /// A finished position.
    public struct Trade: Hashable, Sendable {
        public let symbol: Symbol
        public let entry: Timestamp
        public let entryPrice: Price
        /// The open time of the candle of the last sale.
        public let exit: Timestamp
        /// Of the last sale.
        public let exitPrice: Price
        public let quantity: Quantity
        public let rungs: Int
        public let reason: ExitReason
        public let profit: FixedDecimal
        /// What was paid for the part that is less than a lot.
        public let dust: FixedDecimal
    }

    public struct Result: Sendable {
        /// In the order of their ends.
        public internal(set) var trades: [Trade] = []
        public internal(set) var cash = FixedDecimal.zero
        /// Entries that the bot's own limits refused, by the first check that did: a backtest does not know them.
        public internal(set) var refusals: [RiskCheckName: Int] = [:]
        /// What became of each signal that bought nothing, by symbol and moment.
        var unbought: [Symbol: [Timestamp: String]] = [:]
        /// Breakers that tripped and were reset at once, as a person might.
        public internal(set) var resets = 0
    }

    private let strategy: Strategy
    private let instance: StrategyInstance
    private let histories: [CandleHistory]
    private let detail: [CandleHistory]

    /// - Parameters:
    ///   - histories: all of the strategy's time frame, in the order in which they get their turn.
    ///   - detail: finer candles of the same markets, which the monitor then reads; empty if there are none.
    ///   - values: of some parameters; the others have their usual ones.
    public init(_ strategy: Strategy, values: [String: FixedDecimal] = [:], over histories: [CandleHistory], detail: [CandleHistory] = [])
        throws(StrategyError)
    {
        self.strategy = strategy
        self.detail = detail
        self.histories = histories
        instance = try StrategyInstance(name: "rehearsal", strategy, symbols: histories.map(\.instrument.symbol), values: values)
    }

    /// - Parameter progress: receives the share that is done, now and then.
    public func run(_ progress: (Double) -> Void = { _ in }) async throws(EngineError) -> Result {
        guard let first = histories.compactMap(\.openTime.first).min(), let last = histories.compactMap(\.openTime.last).max() else {
            return Result()
        }
        let step = (detail.first?.timeframe ?? strategy.timeframe).duration, start = Timestamp(milliseconds: first),
            end = Timestamp(milliseconds: last) + strategy.timeframe.duration
        let clock = VirtualClock(start), record = RehearsalRecord(instance.bound.terms.moment, step)
        let journal = PassingJournal(record.hear)
        let feed = ReplayFeed(histories, detail: detail, strategy.timeframe, at: instance.bound.terms.moment)
        let parts = parts(clock, journal, feed)
        do {
            let deposit = Money(instance.bound.terms.capital, settings.account.quote)
            try Opening.open(
                journal, as: JournalOpened(world: feed.name, start: start, mode: "paper", quote: settings.account.quote), deposit: deposit, at: start)
        } catch { throw .journal(error) }
        var count = 0
        let driver = Driver(parts, clock, step: step)
        try await driver.drive(from: start + step, to: end + TimeSpan(milliseconds: 1)) { (time) async throws(EngineError) in
            try reset(journal, time)
            for (symbol, ended) in feed.ends.sorted(by: { $0.key < $1.key }) where ended == time { _ = try await ManualClose(parts).close(symbol) }
            // Signals of a file's last candle buy nothing; nor do those before the first one, for which finer candles would ask.
            if time >= start + strategy.timeframe.duration {
                try await StrategyRound(parts: parts, universe: []).run([instance.without(feed.ends.filter { $0.value <= time }.map(\.key))])
            }
            count += 1
            if count % 256 == 0 { progress(Double((time - start).milliseconds) / Double((end - start).milliseconds)) }
        }
        do { return record.result(cash: try journal.book().main.cash) } catch { throw .journal(error) }
    }

    private func parts(_ clock: VirtualClock, _ journal: PassingJournal, _ feed: ReplayFeed) -> Parts {
        let costs = instance.bound.terms.costs
        return Parts(
            settings: settings, journal: journal, market: feed, exchange: PaperExchange(market: feed, costs: costs, journal: journal), clock: clock,
            observer: NobodyLooks(), panel: NobodySits(), instances: [], hash: { _ in "" },
            compress: { $0 }, killSwitch: { nil }, versions: Versions(code: "", settingsHash: "", riskHash: "", promptSetHash: ""))
    }

    /// The widest limits a person may set: a backtest knows none.
    private var settings: CarillonSettings {
        var settings = CarillonSettings.default
        settings.fills.fee = instance.bound.terms.costs.fee
        settings.fills.slippage = instance.bound.terms.costs.slippage
        if let quote = histories.first?.instrument.symbol.quote { settings.account.quote = quote }
        var risk = RiskLimits()
        (risk.riskPerTrade, risk.heat, risk.dailyLoss, risk.drawdown) = ("1", "1", "1", "1")
        (risk.concentrationInstrument, risk.concentrationAll, risk.correlationLimit) = ("1", "1", "1")
        (risk.maxOpenPositions, risk.lossStreak, risk.dailyLossAmount) = (50, 100, "1000000000")
        risk.stoppedOutCoolDown = .seconds(0)
        settings.risk = risk
        return settings
    }

    private func reset(_ journal: PassingJournal, _ time: Timestamp) throws(EngineError) {
        do {
            try journal.commit(at: time) { book in
                book.main.activeBreakers(at: time).map { .breakerReset(BreakerReset(breaker: $0.name, reason: "rehearsal")) }
            }
        } catch { throw .journal(error) }
    }
}

extension StrategyInstance {
    /// The same with fewer symbols.
    fileprivate func without(_ gone: [Symbol]) -> StrategyInstance { StrategyInstance(self, symbols: symbols.filter { !gone.contains($0) }) }
}

/// A rehearsal has no cycle: nobody takes a picture of the whole market, and no panel is asked.
private struct NobodyLooks: MarketObserver {
    func observe(at time: Timestamp, held: [Symbol]) async throws(FeedError) -> MarketSnapshot {
        throw FeedError(.unavailable, source: "rehearsal", "there is no cycle")
    }
}

private struct NobodySits: Panel {
    let seats: [PanelSeat] = []
    let name = "nobody"
    func opinions(on snapshot: MarketSnapshot, cycle: CycleId) async -> [Opinion] { [] }
}
