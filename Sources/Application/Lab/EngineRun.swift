// A backtest's strategy traded once more by the bot's own engine, and how the two differ.
import Backtest
package import Rehearsal
package import Risk
import Strategies

struct EngineRun {
    let input: LabInput

    /// - Parameter progress: hears the share that is done and the seconds left.
    func compared(with backtest: BacktestResult, _ progress: (Double, Double) -> Void) async throws -> EngineFindings {
        // The engine has exact money only, and targets before the stop if a candle opens beyond them.
        guard input.strategy.fills.accounting == .exact, input.strategy.fills.order == .openFirst else {
            throw Failure(
                .usage,
                "--engine: the bot does not fill orders as \(input.strategy.name) does (accounting and order under fills:); leave out --engine")
        }
        let detail = input.detail?.compactMap(\.self) ?? []
        guard detail.isEmpty || (detail.count == input.histories.count && backtest.detail?.missing == 0) else {
            throw Failure(
                .usage,
                "--engine: some finer candles are missing or contradict the others, and the engine needs all of them; leave out --detail")
        }
        let clock = Stopwatch()
        defer { progress(1, 0) }
        // Nobody was asked in the backtest either: its rules alone traded.
        var strategy = input.strategy
        strategy.aiConviction = nil
        let rehearsal = try Rehearsal(strategy, values: input.values, over: input.histories, detail: detail)
        let result = try await rehearsal.run { share in
            progress(share, share > 0 ? clock.wall / share * (1 - share) : 0)
        }
        return EngineFindings(comparison: Rehearsal.Comparison(result, backtest, input.histories), refusals: result.refusals, resets: result.resets)
    }
}

package struct EngineFindings: Sendable {
    package let comparison: Rehearsal.Comparison
    package let refusals: [RiskCheckName: Int]
    package let resets: Int

    package var isEqual: Bool { comparison.differences.isEmpty }

    /// Refusals that a backtest knows too are no news.
    package var limits: [(name: String, count: Int)] {
        RiskCheckName.allCases.filter { ![.feasibility, .balance, .cash].contains($0) }.compactMap { name in
            refusals[name].map { (name.rawValue, $0) }
        }
    }
}
