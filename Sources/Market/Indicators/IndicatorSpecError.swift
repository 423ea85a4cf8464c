// What is wrong with the text of an indicator, worded so that the next try is right.

public enum IndicatorSpecError: Error, Hashable, Sendable {
    /// No indicator has this name; `nearest` is the closest known one, if one is near.
    case unknown(String, nearest: String?)
    /// More or fewer numbers than the indicator takes; an example of the right form.
    case count(String, example: String)
    /// A parameter that is no number of its kind within its range.
    case number(String, in: String, from: String, to: String)
    case fastNotBelowSlow(String)
    /// The list names the same indicator twice.
    case twice(String)
    /// The list has nothing between two commas, or is nothing at all.
    case empty
}

extension IndicatorSpecError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknown(let name, let nearest):
            "no indicator '\(name)'." + (nearest.map { " Did you mean '\($0)'?" } ?? "") + " There are " + IndicatorSpec.names.joined(separator: " ")
        case .count(let text, let example): "'\(text)' has not the form of \(example)"
        case .number(let number, let text, let from, let to):
            "'\(number)' in '\(text)' is no \(from.contains(".") ? "" : "whole ")number from \(from) to \(to)"
        case .fastNotBelowSlow(let text): "'\(text)': the fast period must be below the slow one, as in macd:12:26:9"
        case .twice(let text): "'\(text)' stands twice"
        case .empty: "an indicator is missing; an example is rsi:14,ema:9"
        }
    }
}
