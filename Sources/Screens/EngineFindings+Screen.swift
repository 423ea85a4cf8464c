// What the bot's own engine made of a backtest's strategy.
import Application
package import Kernel
import Rehearsal

extension EngineFindings {
    package var lines: [String] {
        var lines = [
            "engine     "
                + (isEqual
                    ? "the bot's own engine made the same \(comparison.same) trades, to the unit"
                    : "\(comparison.same) trades are the same, \(comparison.differences.count) lines are not")
        ]
        lines += comparison.differences.prefix(20).map { "           \($0)" }
        if comparison.differences.count > 20 { lines.append("           and \(comparison.differences.count - 20) more") }
        if !limits.isEmpty {
            lines.append(
                "           the bot's widest limits refused " + limits.map { "\($0.count) by \($0.name)" }.joined(separator: ", ")
                    + ", which a backtest does not know")
        }
        if resets > 0 { lines.append("           \(resets) breakers tripped and were reset at once") }
        return lines
    }

    package var fields: JSONValue {
        .fields([
            ("equal", .flag(isEqual)), ("same", .number("\(comparison.same)")), ("differences", .list(comparison.differences.map { .text($0) })),
            ("refused", .fields(limits.map { ($0.name, .number("\($0.count)")) })), ("breakers", .number("\(resets)"))
        ])
    }
}
