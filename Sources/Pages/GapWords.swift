// What is missing between a run's candles, and where their prices leap: the same words on the terminal and on pages.
public import Backtest
import Kernel
public import Market
import Messaging

public struct GapWords: Hashable, Sendable {
    public let line: String
    /// What that has to do with the result; nil if no trade was open there.
    public let doubt: String?

    /// - Parameter trades: how many trades the run made.
    public init(_ gaps: Gaps, of histories: [CandleHistory], trades: Int) {
        func name(_ instrument: Int) -> String { histories[instrument].instrument.symbol.description }
        let holes = gaps.longest.map { hole in
            "\(Self.count(gaps.missing, "candle")) missing in \(Self.count(gaps.holes, "hole")), the longest \(hole.candles) of "
                + "\(name(hole.instrument)) from \(hole.from.iso8601)"
        }
        let leaps = gaps.largest.map { leap in
            "\(Self.count(gaps.leaps, "leap")) from one candle to the next, the largest to \(Format.figure(leap.factor)) times the close before "
                + "(\(name(leap.instrument)), \(leap.at.iso8601))"
        }
        line = "\(holes ?? "no candle is missing"); \(leaps ?? "no price leaps from one candle to the next")"
        doubt =
            gaps.trades == 0
            ? nil
            : "\(gaps.trades) of \(Self.count(trades, "trade")) \(gaps.trades == 1 ? "was" : "were") open over a hole or a leap and came to "
                + "\(Format.amount(gaps.profit, signed: true)). No rule saw what happened there: look at those candles before the result is believed."
    }

    /// What counts as a leap, in words.
    public static let leap =
        "A leap is an open more than \(Format.figure(Gaps.openShare * 100, trimmed: true)) % from the close before, "
        + "or a price of \(Format.figure(Gaps.reachFactor, trimmed: true)) times or one of so many parts of it."

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

extension Refusals {
    /// Why entries were refused; empty if none were.
    public var words: String {
        let reasons = [
            (noPrice, "the candle after the signal is missing"), (noMoney, "too little money is free"), (tooSmall, "too small for the venue’s rules")
        ]
        return reasons.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
