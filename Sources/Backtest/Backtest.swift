// A strategy over histories: indicators and signals over whole columns, then one pass from event to event.
// `CONTRACT.md` beside this file says what is assumed, line by line.
import Domain

public struct Backtest: Sendable {
    public let strategy: BoundStrategy
    /// All of the strategy's time frame.
    public let histories: [CandleHistory]

    public init(_ strategy: BoundStrategy, over histories: [CandleHistory]) {
        self.strategy = strategy
        self.histories = histories
    }

    public func run() -> BacktestResult {
        let conditions = [strategy.entry] + (strategy.exit.map { [$0] } ?? [])
        let program = SignalProgram(conditions)
        let tracks = histories.compactMap { history -> Track? in
            guard let candles = CandlePointers(history) else { return nil }
            let masks = program.masks(over: history)
            return Track(history: history, entry: masks[0], walker: Walker(candles, rows: history.count, strategy.terms, exit: masks.count > 1 ? masks[1] : nil), cache: nil)
        }
        let axis = Axis(tracks.map(\.history))
        return Self.trade(tracks, axis, strategy.terms, ends: axis.dayEnds, records: true)
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
