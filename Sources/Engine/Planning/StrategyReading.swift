// What one instance makes of its candles: pure. A close that is missing or not sound is not judged, but named.
import Analysis
import Events
import Kernel
import Market
import Ports
import Strategies
import Trading

struct StrategyReading {
    struct Signal {
        let symbol: Symbol
        let side: Side
        let close: Price
        let readings: [StrategyJudged.Signal.Reading]

    }

    let instance: StrategyInstance
    let closedAt: Timestamp
    let exitsOnly: Bool
    private let time: Timestamp
    private(set) var judged = 0
    private(set) var unjudged: [StrategyJudged.Unjudged] = []
    /// Exits first, each kind in the order of the symbols.
    private(set) var signals: [Signal] = []
    /// The newest close of each symbol that has one.
    private(set) var closes: [Symbol: Price] = [:]

    /// Candles that have only just closed may be a moment late: the next minute looks for them again, the next
    /// hour would not.
    var mayBeWritten: Bool { exitsOnly ? !signals.isEmpty : judged > 0 || !signals.isEmpty || instance.isHourly || time - closedAt >= .minutes(1) }
    var hasEntry: Bool { signals.contains { $0.side == .buy } }

    /// A backtest trades over gaps, so a strategy does too; all else that is wrong with prices keeps it out.
    private static let sanity: PriceSanity = {
        var sanity = PriceSanity()
        sanity.recentGaps = .max
        sanity.longGaps = .max
        return sanity
    }()

    init(
        _ instance: StrategyInstance, at time: Timestamp, _ histories: CandleHistories, _ book: Book, symbols: [Symbol],
        exitsOnly: Bool = false
    ) {
        self.instance = instance
        self.exitsOnly = exitsOnly
        self.time = time
        closedAt = instance.closedAt(time)
        let held = instance.positions(book)
        var entries: [Signal] = []
        for symbol in symbols + held.map(\.symbol).filter({ !symbols.contains($0) }) {
            let position = held.first { $0.symbol == symbol }
            switch histories[CandleKey(symbol, instance.timeframe)] {
            case .lost(let why): unjudged.append(.init(symbol: symbol, why: why))
            case .read(let read):
                let candles = Array(read.suffix(instance.candles(of: symbol, at: time, book)))
                guard let last = candles.last else { unjudged.append(.init(symbol: symbol, why: "no candles")); continue }
                let isNew = last.closeTime(instance.timeframe) == closedAt
                let faults = Self.sanity.faults(of: candles, instance.timeframe, ticker: nil, venueTime: time).filter {
                    $0 != .unconfirmed && !$0.isStale
                }
                if let fault = faults.first { unjudged.append(.init(symbol: symbol, why: fault.words)); continue }
                closes[symbol] = last.close
                if isNew { judged += 1 } else { unjudged.append(.init(symbol: symbol, why: "no candle that closed at \(closedAt)")) }
                if let position {
                    if let exit = exit(position, candles, since: book.judged[instance.name]?.exitsDone(symbol)) { signals.append(exit) }
                } else if isNew, let entry = entry(symbol, candles) {
                    entries.append(entry)
                }
            case nil: unjudged.append(.init(symbol: symbol, why: "not asked for"))
            }
        }
        signals += entries
    }

    private func entry(_ symbol: Symbol, _ candles: [Candle]) -> Signal? {
        let condition = instance.bound.entry, row = candles.count - 1
        let reader = ConditionReader([condition], over: candles, instance.timeframe)
        return reader.holds(condition, at: row) ? signal(symbol, .buy, candles[row], reader.values(of: condition, at: row)) : nil
    }

    /// The exit condition at the newest candle, or at an earlier one that nothing was sold for, if the position was
    /// there when it closed: what was missed, or could not be sold, still counts.
    private func exit(_ position: Position, _ candles: [Candle], since last: Timestamp?) -> Signal? {
        guard let condition = instance.bound.exit, let holding = position.holding else { return nil }
        let reader = ConditionReader([condition], over: candles, instance.timeframe)
        for row in candles.indices.reversed() {
            let end = candles[row].closeTime(instance.timeframe)
            guard end > holding.openedAt, row == candles.count - 1 || last.map({ end > $0 }) ?? true else { return nil }
            if reader.holds(condition, at: row) { return signal(position.symbol, .sell, candles[row], reader.values(of: condition, at: row)) }
        }
        return nil
    }

    private func signal(_ symbol: Symbol, _ side: Side, _ candle: Candle, _ values: [(name: String, value: Double)]) -> Signal {
        Signal(symbol: symbol, side: side, close: candle.close, readings: values.map { .init(name: $0.name, value: $0.value) })
    }
}

extension PriceFault {
    var isStale: Bool { if case .stale = self { true } else { false } }
}
