// What a trial leaves: enough to rank it, and to take the luck of many trials out of its Sharpe ratio.
public import Kernel
public import Statistics
public import Strategies

/// What became of one run.
public struct TrialOutcome: Hashable, Sendable {
    public let finalEquity: FixedDecimal
    public let trades: Int
    /// Daily returns.
    public let days: Int
    /// Of those returns; nil if they have no Sharpe ratio.
    public let sharpe: ProbabilisticSharpe?

    public init(finalEquity: FixedDecimal, trades: Int, days: Int, sharpe: ProbabilisticSharpe?) {
        (self.finalEquity, self.trades, self.days, self.sharpe) = (finalEquity, trades, days, sharpe)
    }

    /// Of a run with its marks.
    public init(_ result: BacktestResult, capital: FixedDecimal) {
        let moments = SampleMoments(result.returns(capital: capital).returns)
        self.init(finalEquity: result.finalEquity, trades: result.tradeCount, days: moments.count, sharpe: ProbabilisticSharpe(moments))
    }

    /// - Parameters:
    ///   - equity: what each day with a candle ended with.
    ///   - still: days without any before each (`StillDays`).
    init(_ result: BacktestResult, equity: [Double], still: [Int], capital: FixedDecimal) {
        let moments = SampleMoments(Self.returns(equity, still, from: capital.double))
        self.init(finalEquity: result.finalEquity, trades: result.tradeCount, days: moments.count, sharpe: ProbabilisticSharpe(moments))
    }

    /// As `BacktestResult.returns` has them.
    private static func returns(_ equity: [Double], _ still: [Int], from start: Double) -> [Double] {
        var returns: [Double] = [], before = start
        returns.reserveCapacity(equity.count)
        for (day, money) in equity.enumerated() {
            let value = money / before - 1
            guard before > 0, value.isFinite, value >= -1 else { break }
            if !still.isEmpty, still[day] > 0 { returns += repeatElement(0, count: still[day]) }
            returns.append(value)
            before = money
        }
        return returns
    }
}

public struct Trial: Hashable, Sendable {
    /// One index for each parameter of the space.
    public let combination: [Int]
    public let outcome: TrialOutcome
    public var finalEquity: FixedDecimal { outcome.finalEquity }
    public var trades: Int { outcome.trades }
}

/// A counter of trials: it knows those that were run before, and takes each that is run.
public protocol TrialCounting: Sendable {
    /// A name of these rules that no others have.
    func key(of rules: TrialRules) -> String
    /// What became of a trial that was run before; nil if it was not.
    func outcome(_ key: String) -> TrialOutcome?
    /// So many trials were taken from the record.
    func resumed(_ count: Int)
    /// Called from any thread, several times a second if trials are short.
    func take(_ finished: [(key: String, trial: Trial)])
}
