// A strategy over histories: indicators and signals over whole columns, then one pass from event to event.
// `CONTRACT.md` beside this file says what is assumed, line by line.
public import Market
public import Strategies

public struct Backtest: Sendable {
    public let strategy: BoundStrategy
    /// All of the strategy's time frame.
    public let histories: [CandleHistory]
    /// For each history finer candles of the same market, all of one time frame; nil if there are none.
    private let detail: [CandleHistory?]
    /// Confirms entries; nil if nobody is asked, and the rules alone trade.
    private let panel: RecordedPanel?

    /// - Parameter detail: if it is given, stops and targets are looked for in these finer candles.
    public init(_ strategy: BoundStrategy, over histories: [CandleHistory], detail: [CandleHistory?]? = nil, panel: RecordedPanel? = nil) {
        precondition(detail == nil || detail?.count == histories.count, "finer candles of each history, or of none")
        self.strategy = strategy
        self.histories = histories
        self.detail = detail ?? histories.map { _ in nil }
        self.panel = panel
    }

    public func run() -> BacktestResult {
        let conditions = [strategy.entry] + (strategy.exit.map { [$0] } ?? [])
        let program = SignalProgram(conditions)
        var confirmation = panel.map(Confirmation.init)
        let tracks = zip(histories, detail).compactMap { track(program, $0, $1, &confirmation) }
        let axis = Axis(tracks.map(\.history))
        var result = Self.trade(tracks, axis, strategy.terms, ends: axis.dayEnds, records: true)
        if let timeframe = detail.compactMap({ $0?.timeframe }).first {
            result.detail = BacktestDetail(timeframe: timeframe, missing: tracks.reduce(0) { $0 + ($1.walker.fine?.missing ?? $1.history.count) })
        }
        if let tally = confirmation?.tally {
            result.signals = tally.signals
            result.panel = tally
        }
        return result
    }

    private func track(_ program: SignalProgram, _ history: CandleHistory, _ detail: CandleHistory?, _ confirmation: inout Confirmation?) -> Track? {
        let masks = program.masks(over: history), exit = masks.count > 1 ? masks[1] : nil
        let entry = confirmation?.entries(masks[0], over: history) ?? masks[0]
        // A sale may be at a price that only finer candles show.
        let history = history.telling(pricePlaces: detail?.pricePlaces ?? 0), fine = detail.map { FineCandles($0, in: history) }
        guard let candles = CandlePointers(fine?.candles ?? history) else { return nil }
        return Track(history: history, entry: entry, walker: Walker(candles, rows: history.count, strategy.terms, exit: exit, fine: fine), cache: nil)
    }

    static func trade(_ tracks: [Track], _ axis: Axis, _ terms: TradeTerms, ends: [Int], records: Bool) -> BacktestResult {
        switch terms.accounting {
        case .plain:
            var portfolio = Portfolio(tracks, axis, terms, PlainSettlement(terms), ends: ends, records: records)
            return portfolio.run()
        case .exact:
            var portfolio = Portfolio(tracks, axis, terms, ExactSettlement(terms), ends: ends, records: records)
            return portfolio.run()
        }
    }
}
