// What an optimiser prints: the best combinations, and how all of them did, so that the best is not taken alone.
package import Application
import Backtest
import Kernel
import Market
import Messaging
import Pages
import Statistics
import Strategies

package struct OptimiseSummary {
    private let input: LabInput
    private let space: ParameterSpace
    private let tried: Int
    private let trials: [Trial]
    private let count: TrialCount
    private let top: Int

    /// - Parameter top: how many of the best are shown.
    package init(_ run: OptimiseRun, top: Int) {
        (input, space, tried, trials) = (run.input, run.space, run.tried, run.trials)
        count = run.count ?? TrialCount(notCounted: "")
        self.top = top
    }

    private var ranked: [Trial] {
        trials.enumerated().sorted { ($1.element.finalEquity, $0.offset) < ($0.element.finalEquity, $1.offset) }.map(\.element)
    }

    package var text: String {
        let best = ranked, capital = input.strategy.sizing.capital
        guard let middle = best.isEmpty ? nil : best[best.count / 2], let worst = best.last else { return "no combination makes a strategy" }
        let gained = best.count(where: { $0.finalEquity > capital })
        var lines = [
            "\(input.strategy.name): \(trials.count) combinations, \(tried - trials.count) that make no strategy left out; \(gained) of them gained"
        ]
        lines.append("median equity \(middle.finalEquity.text(places: 2)), worst \(worst.finalEquity.text(places: 2)), from \(capital)")
        lines.append("trials \(count.words)")
        lines += input.remarks.map { "candles " + SafeText.terminal($0) }
        lines.append("")
        for trial in best.prefix(top) {
            let deflated = count.deflated(trial.outcome.sharpe).flatMap { FixedDecimal(shortest: $0 * 100) }?.text(places: 2) ?? "-"
            lines.append(
                "\(padded(trial.finalEquity.text(places: 2), 14))  \(padded("\(trial.trades)", 6)) trades  deflated Sharpe \(padded(deflated, 6)) %  "
                    + values(trial).map { "\($0)=\($1)" }.joined(separator: " "))
        }
        return lines.joined(separator: "\n")
    }

    package var json: String {
        JSONValue.console([
            ("strategy", .text(input.strategy.name)), ("combinations", .number("\(tried)")), ("tried", .number("\(trials.count)")),
            ("trials", count.json), ("remarks", .list(input.remarks.map { .text($0) })),
            (
                "best",
                .list(
                    ranked.prefix(top).map { trial in
                        .fields([
                            ("final_equity", .decimal(trial.finalEquity)), ("trades", .number("\(trial.trades)")),
                            ("sr_per_period", number(trial.outcome.sharpe?.sharpe)), ("dsr", number(count.deflated(trial.outcome.sharpe))),
                            ("parameters", .fields(values(trial).map { ($0, .decimal($1)) }))
                        ])
                    })
            )
        ])
    }

    private func values(_ trial: Trial) -> [(String, FixedDecimal)] {
        zip(space.parameters, trial.combination).map { ($0.name, $0.choices[$1]) }
    }

    private func number(_ value: Double?) -> JSONValue { value.map { .number(Format.shortest($0)) } ?? .text(nil) }
    private func padded(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(0, width - text.count)) + text }
}
