// What decisions ask of an account.
public import Kernel
public import Market
public import Risk
public import Trading

extension AccountBook {
    public var cash: FixedDecimal { ledger.balance(.assets, quote) }

    /// Positions in the order of their entry.
    public var sortedPositions: [Position] { positions.values.sorted { $0.trade < $1.trade } }

    /// Positions that hold coins, in the order of their entry.
    public var openPositions: [Position] { sortedPositions.filter { $0.holding != nil } }

    public func position(_ symbol: Symbol) -> Position? { positions[symbol.description] }

    /// Orders without a final answer, in the order they were announced.
    public var unresolvedOrders: [Order] {
        orders.values.sorted { ($0.createdAt, $0.trade, $0.id) < ($1.createdAt, $1.trade, $1.id) }
    }

    /// Quote units that unfinished buys may still take.
    public var reservedCash: FixedDecimal {
        unresolvedOrders.filter { $0.side == .buy }.reduce(.zero) {
            // One per cent above the reference covers slippage; what is not used comes back with the fill.
            $0 + $1.leavesQuantity.value.times($1.referencePrice.value.times("1.01", rounding: .up), rounding: .up)
        }
    }

    /// What a held coin counts at: its mark, else the last one journaled, else its entry price.
    public func value(of position: Position, marks: [Symbol: Price]) -> Price? {
        marks[position.symbol] ?? lastMarks[position.symbol.description] ?? position.holding?.entryPrice
    }

    /// Cash and coins at `marks`, or at the last price known.
    public func equity(marks: [Symbol: Price]) -> FixedDecimal {
        openPositions.reduce(cash) { sum, position in
            guard let holding = position.holding, let price = value(of: position, marks: marks) else { return sum }
            return sum + holding.remaining.value.times(price.value, rounding: .down)
        }
    }

    /// Breakers that keep entries out at `time`, in a fixed order.
    public func activeBreakers(at time: Timestamp) -> [(name: BreakerName, breaker: TrippedBreaker)] {
        BreakerName.allCases.compactMap { name in
            breakers[name.rawValue].flatMap { $0.isActive(at: time) ? (name, $0) : nil }
        }
    }

    /// Equity now over equity at the start of the trading day, in quote units; zero before the first day.
    public func dayResult(equity: FixedDecimal) -> FixedDecimal { equity - (baselines.dayEquity ?? equity) }

    /// Fall from the high-water mark as a share of it; zero at or above it.
    public func drawdown(equity: FixedDecimal) -> Ratio {
        guard let peak = baselines.highWaterMark, peak.isPositive, equity < peak else { return .zero }
        return Ratio((peak - equity).divided(by: peak, rounding: .up))
    }
}
