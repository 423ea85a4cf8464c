// What one unit of money became, period by period, and how far below its highest value it stood.

/// Equity starts at 1 before the first return.
public struct EquityCurve: Hashable, Sendable {
    /// Equity after each return: products of 1 + r.
    public let values: [Double]
    /// The underwater curve: equity over its running peak less 1, at most 0. The peak counts the start.
    public let underwater: [Double]

    public init(_ returns: [Double]) {
        var values: [Double] = [], underwater: [Double] = []
        values.reserveCapacity(returns.count)
        underwater.reserveCapacity(returns.count)
        var equity = 1.0, peak = 1.0
        for r in returns {
            equity *= 1 + r
            peak = max(peak, equity)
            values.append(equity)
            underwater.append(equity / peak - 1)
        }
        self.values = values
        self.underwater = underwater
    }

    /// Equity after the last return; 1 without any.
    public var final: Double { values.last ?? 1 }
}
