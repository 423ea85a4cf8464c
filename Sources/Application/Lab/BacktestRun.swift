// A backtest with all that is held against it: checks for look-ahead, the bot's own engine, how often the strategy was tried.
package import Backtest
package import Kernel
import Market
package import Statistics
package import Strategies

package struct BacktestRun: Sendable {
    package let input: LabInput
    package let bound: BoundStrategy
    package let result: BacktestResult
    /// nil if the checks were left out.
    package let leaks: LeakFindings?
    package let trials: TrialCount
    /// nil if the engine did not trade it too.
    package let engine: EngineFindings?

    /// - Parameters:
    ///   - answers: what a panel once said: a journal, or a table of answers; nil for none.
    ///   - checks: whether look-ahead and warm-up are checked.
    ///   - engine: hears how far the bot's own engine is, which then trades it too: the share that is done, the seconds left.
    package init(
        _ caller: Caller, _ request: LabRequest, answers: String? = nil, checks: Bool = true, engine: ((Double, Double) -> Void)? = nil
    ) async throws {
        let traded = try TradedBacktest(caller, request, answers: answers)
        (input, bound, result) = (traded.input, traded.bound, traded.result)
        leaks = checks ? LeakCheck(bound, panel: traded.panel).run(over: input.histories) : nil
        self.engine = if let engine { try await EngineRun(input: input).compared(with: result, engine) } else { nil }
        trials = TrialLedger(input, caller, panel: traded.panel).count(result, bound, input.values)
    }

    package var statistics: RunStatistics { result.statistics(of: bound.terms, over: input.histories, trials: trials.trials) }

    /// Every parameter that the strategy has, with its value.
    package var values: [(name: String, value: FixedDecimal)] {
        let all = input.strategy.usualValues.merging(input.values) { $1 }
        return input.strategy.parameters.compactMap { parameter in all[parameter.name].map { (parameter.name, $0) } }
    }

    /// Why it is not to be believed; nil if nothing speaks against it.
    package var failure: Failure? {
        if let engine, !engine.isEqual { return Failure(.software, "the engine traded differently from the backtest; see above") }
        guard let leaks, leaks.lookAhead > 0 else { return nil }
        return Failure(
            .software, "\(leaks.lookAhead) signals before a cut changed when the candles after it were taken away: the strategy sees the future")
    }
}

/// A backtest alone, with the time it took: nothing is checked and nothing counted.
package struct TradedBacktest: Sendable {
    package let input: LabInput
    package let bound: BoundStrategy
    package let result: BacktestResult
    let panel: RecordedPanel?
    /// Seconds, without reading the candles.
    package let wall: Double
    /// Seconds of all threads.
    package let processor: Double

    package init(_ caller: Caller, _ request: LabRequest, answers: String? = nil) throws {
        input = try LabInput(caller, request)
        panel = try AnswersInput.panel(answers, for: input.strategy)
        let watch = Stopwatch()
        bound = try input.bound()
        result = Backtest(bound, over: input.histories, detail: input.detail, panel: panel).run()
        (wall, processor) = (watch.wall, watch.processor)
    }
}
