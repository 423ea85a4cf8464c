// Profits in units of the risk that was planned (Van Tharp): trades of every size in one distribution.

public struct RMultiples: Hashable, Sendable {
    /// Of the trades that had a planned risk, ascending.
    public let ascending: [Double]
    private let moments: SampleMoments
    private let none: Absence

    public init(_ trades: [TradeOutcome]) {
        ascending = trades.compactMap(\.rMultiple).sorted()
        moments = SampleMoments(ascending)
        none = trades.isEmpty ? .noTrades : .noRisk
    }

    /// The expectancy in R.
    public var mean: Statistic { ascending.isEmpty ? .absent(none) : Statistic(moments.mean) }
    public var median: Statistic { quantile(0.5) }
    public var best: Statistic { quantile(1) }
    public var worst: Statistic { quantile(0) }

    /// Standard deviation, divisor n - 1.
    public var deviation: Statistic {
        guard !ascending.isEmpty else { return .absent(none) }
        guard ascending.count > 1 else { return .absent(.fewerTrades(than: 2)) }
        return moments.isConstant ? .value(0) : Statistic(moments.deviation)
    }

    /// Linear between neighbours, share 0 to 1.
    public func quantile(_ share: Double) -> Statistic {
        Quantile.linear(ascending, share).map { Statistic($0) } ?? .absent(none)
    }

    /// How many lie below the first edge, from each edge up to the next, and from the last edge on:
    /// one more count than (ascending) edges.
    public func histogram(edges: [Double]) -> [Int] {
        var counts = Array(repeating: 0, count: edges.count + 1)
        for multiple in ascending { counts[edges.count { $0 <= multiple }] += 1 }
        return counts
    }
}
