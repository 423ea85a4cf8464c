// What a strategy saw when its candles closed: the numbers behind each condition that held, and what came of it.
import Application
package import Events
import Kernel
package import Market
import Messaging
import Risk
import Trading

extension Story {
    /// - Parameter symbol: nil for all that it signalled.
    package func strategySection(_ judged: StrategyJudged, _ symbol: Symbol?) -> String {
        let signals = judged.signals.filter { symbol == nil || $0.symbol == symbol }
        // Another strategy's silence about this symbol explains nothing.
        if symbol != nil, signals.isEmpty { return "" }
        var lines = [
            "Strategy \(judged.instance), \(judged.timeframe.rawValue) candles that closed \(judged.closedAt): \(judged.judged) judged, "
                + "\(judged.signals.count) signals"
        ]
        lines += signals.flatMap(lines(of:))
        if symbol == nil { lines += judged.unjudged.map { "  not judged  \($0.symbol): \(SafeText.line($0.why))" } }
        return lines.joined(separator: "\n")
    }

    private func lines(of signal: StrategyJudged.Signal) -> [String] {
        let values = signal.readings.map { "\($0.name) \(number($0.value))" }.joined(separator: " · ")
        var lines = [
            "  \(signal.side == .buy ? "entry" : "exit") condition of \(signal.symbol) holds at the close "
                + "\(signal.close)\(values.isEmpty ? "" : ": \(values)")"
        ]
        lines += checkLines(signal.review).map { "  \($0)" }
        let price = signal.review.price.map { " at \($0)" } ?? ""
        lines.append(
            signal.review.refusalWords.map { "    not done — \(SafeText.line($0))" }
                ?? "    \(signal.side == .buy ? "bought" : "sold")\(price), order \(signal.review.order?.text ?? "")")
        return lines
    }

    /// Enough digits to compare two averages of a small price.
    private func number(_ value: Double) -> String {
        guard let exact = FixedDecimal(shortest: value) else { return "\(value)" }
        let size = value.magnitude
        return Format.decimal(exact, places: size >= 100 ? 2 : size >= 1 ? 4 : 8, trimmed: true)
    }
}
