// The line that benchmarks read: seconds and processor seconds, and what came of the run.
package import Application
import Backtest
import Kernel
import Market
import Strategies

package enum BenchLine {
    package static func backtest(_ run: TradedBacktest) -> String {
        line(
            run.input, run.wall, run.processor, bars: run.result.rows,
            [
                ("trades", .number("\(run.result.tradeCount)")), ("signals", .number("\(run.result.signals)")),
                ("final_equity", .number(run.result.finalEquity.text(places: 2)))
            ])
    }

    package static func optimise(_ run: OptimiseRun) -> String {
        line(
            run.input, run.wall, run.processor, bars: run.input.histories.reduce(0) { $0 + $1.count } * run.trials.count,
            [
                ("combos", .number("\(run.trials.count)")), ("trades", .number("\(run.trials.reduce(0) { $0 + $1.trades })")),
                ("best", .number((run.trials.map(\.finalEquity).max() ?? .zero).text(places: 2)))
            ])
    }

    private static func line(_ input: LabInput, _ wall: Double, _ processor: Double, bars: Int, _ rest: [(String, JSONValue)]) -> String {
        "RESULT "
            + JSONValue.console(
                [
                    ("load_s", .number("\(input.loadSeconds)")), ("run_s", .number("\(wall)")), ("run_cpu_s", .number("\(processor)")),
                    ("bars", .number("\(bars)"))
                ] + rest)
    }
}
