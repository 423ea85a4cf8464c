// How much money was at work: what a yardstick needs to be held against the same risk.
public import Kernel

extension BacktestResult {
    /// The share of the capital that was in positions, averaged over a span: what each cost, for as long as it was open.
    public func exposure(capital: FixedDecimal, over span: ClosedRange<Int64>) -> Double {
        let time = Double(span.upperBound - span.lowerBound), capital = capital.double
        guard time > 0, capital > 0 else { return 0 }
        let used = trades.reduce(0.0) { $0 + $1.quantity * $1.entryPrice * Double(max(0, ($1.closed - $1.entry).milliseconds)) }
        return used / (capital * time)
    }
}

extension BuyAndHold {
    /// The marks of an account that holds with this share of the capital and keeps the rest as it is.
    public func marks(with share: Double, of capital: FixedDecimal) -> [EquityMark] {
        marks.map { EquityMark(time: $0.time, equity: capital.double + share * ($0.equity - capital.double)) }
    }
}
