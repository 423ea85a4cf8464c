// Which part of a strategy that asks a panel was tried, and which was not: the same words on the terminal, in JSON and on
// pages. A backtest asks nobody, and must never look as if it had.
import Analysis
public import Backtest
import Kernel
import Messaging
public import Strategies

public struct PanelWords: Hashable, Sendable {
    /// What became of the entry signals, in one line.
    public let line: String
    /// What stays unproven, a sentence each.
    public let unproven: [String]

    /// - Returns: nil if the strategy asks nobody.
    public init?(_ strategy: Strategy, _ tally: PanelTally?) {
        guard strategy.aiConviction != nil else { return nil }
        guard let tally else {
            line = "not asked: the rules alone traded, and that is not the strategy"
            unproven = [
                "The model’s part is unproven: nobody was asked and no recorded answers were given (--answers). The rules alone traded, "
                    + "and that is not the strategy."
            ]
            return
        }
        line =
            "\(tally.answered) of \(tally.signals) signals answered: \(tally.agreed) agreed with conviction \(tally.minimum) or more, "
            + "\(tally.refused) refused; "
            + "\(tally.unanswered) unanswered, not bought"
        unproven =
            Self.cover(tally) + Self.age(tally)
            + ["The answers are those of \(tally.source). They were not asked for again: another model, prompt or day may answer otherwise."]
    }

    private static func cover(_ tally: PanelTally) -> [String] {
        guard let first = tally.first, let last = tally.last else {
            return ["The model’s part is unproven: no recorded answer is about a candle of this run, so nothing was bought."]
        }
        let all = tally.answeredCandles == tally.candles
        return [
            "Answers exist for \(tally.answeredCandles) of \(tally.candles) candles, \(first.iso8601) to \(last.iso8601)."
                + (all ? "" : " The model’s part is unproven for the others: there nothing could be bought.")
        ]
    }

    /// Answers are later than the close they are used at, and may know what happened in between.
    private static func age(_ tally: PanelTally) -> [String] {
        var words: [String] = []
        if tally.delay > .seconds(0) { words.append("Answers came up to \(Format.span(tally.delay)) after the close at which they count here.") }
        if tally.late > 0 {
            words.append(
                "Recorded answers that came more than \(Format.span(RecordedAnswer.longestDelay)) after their hour, or before it, and count as none: "
                    + "\(tally.late)."
            )
        }
        return words
    }
}
