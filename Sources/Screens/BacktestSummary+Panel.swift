// What a backtest prints of the panel that a strategy asks: what answers came to, and what stays unproven.
import Application
import Backtest
package import Kernel
import Pages
import Strategies

extension BacktestSummary {
    private var words: PanelWords? { PanelWords(input.strategy, result.panel) }

    package var panelLines: [String] {
        words.map { ["panel      \($0.line)"] + $0.unproven.map { "           \($0)" } } ?? []
    }

    /// Nothing for a strategy that asks nobody; `answers` is null if none were given.
    package var panelFields: [(String, JSONValue)] {
        guard let words, let minimum = input.strategy.aiConviction else { return [] }
        return [
            (
                "panel",
                .fields([
                    ("minimum_conviction", .decimal(minimum.value)), ("answers", result.panel.map(answers) ?? .text(nil)),
                    ("unproven", .list(words.unproven.map { .text($0) }))
                ])
            )
        ]
    }

    private func answers(_ tally: PanelTally) -> JSONValue {
        .fields([
            ("source", .text(tally.source)), ("agreed", .number("\(tally.agreed)")), ("refused", .number("\(tally.refused)")),
            ("unanswered", .number("\(tally.unanswered)")), ("answered_candles", .number("\(tally.answeredCandles)")),
            ("candles", .number("\(tally.candles)")),
            ("first", .text(tally.first?.iso8601)), ("last", .text(tally.last?.iso8601)),
            ("longest_delay_seconds", .number("\(tally.delay.milliseconds / 1_000)")), ("late", .number("\(tally.late)"))
        ])
    }
}
