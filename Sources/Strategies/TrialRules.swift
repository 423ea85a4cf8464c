// What makes a run of a strategy the run it is, as one text: its rules with the values put in. Comments, names of
// parameters and the ranges they may have are no part of it, so the same run written otherwise is the same run.
public import Kernel
public import Market
import Trading

public struct TrialRules: Hashable, Sendable {
    /// Lines: time frame, conditions of the entry, exit, money and fills.
    public let text: String

    /// - Parameters:
    ///   - entry: texts of the conditions that must all hold; their order does not matter.
    ///   - exit: nil for none.
    public init(entry: [String], exit: String?, _ terms: TradeTerms, on timeframe: Timeframe) {
        self.init(entry: entry, exit: exit, terms: terms.text, on: timeframe)
    }

    /// - Parameter terms: their text.
    public init(entry: [String], exit: String?, terms: String, on timeframe: Timeframe) {
        text = "candles \(timeframe.rawValue)\n" + entry.sorted().map { "entry \($0)\n" }.joined() + "exit \(exit ?? "-")\n" + terms
    }
}

extension Strategy {
    /// Of the run with these values; the parameters that are not named have their usual ones.
    public func trialRules(_ values: [String: FixedDecimal]) throws(StrategyError) -> TrialRules {
        let all = usualValues.merging(values) { $1 }, numbers = all.mapValues(\.double), terms = try terms(all)
        do throws(IndicatorSpecError) {
            var parts: [String] = []
            for part in entry.conjuncts { parts.append(try part.bound(numbers, on: timeframe).text) }
            return TrialRules(entry: parts, exit: try exit?.bound(numbers, on: timeframe).text, terms, on: timeframe)
        } catch {
            throw StrategyError(error.description)
        }
    }
}

extension TradeTerms {
    /// Everything that decides what is bought, sold and paid; canonical.
    public var text: String {
        let rungs = bracket.rungs.map { "\($0.rise.value):\($0.share.value)" }.joined(separator: " ")
        return """
            stop \(bracket.stopDistance.value) rungs \(rungs) trailing \(bracket.trailingOffset.map { "\($0.value)" } ?? "-")
            equity \(equityShare.value) positions \(positions) capital \(capital)
            fills \(moment.rawValue) \(order.rawValue) \(accounting.rawValue) fee \(costs.fee.value) slippage \(costs.slippage.value)
            """
    }
}
