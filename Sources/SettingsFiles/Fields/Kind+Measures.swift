// Shares and durations as people write them. `2 %`, `2%` and `0.02` are the same share, `20 bps` is
// 0.2 %; a bare number is the share itself, so `2` is two hundred percent and usually refused.
import Kernel
import Settings

extension Kind where Value == Ratio {
    static let share = Kind(expected: "a share such as 2 % or 0.02", parse: { Measure.share($0) }, text: { $0.percentText })
}

extension Kind where Value == TimeSpan {
    static let duration = Kind(expected: "a duration such as 30 s, 60 min or 6 h", parse: { Measure.duration($0) }, text: { $0.plainText })
}

extension Kind where Value == FixedDecimal {
    static let shareOrNumber = Kind(
        expected: "a number such as 9, or a share such as 3 %", parse: { Measure.share($0)?.value }, text: { $0.description })
}

enum Measure {
    /// nil for a text that is no share, or has more digits than can be held exactly.
    static func share(_ text: String) -> Ratio? {
        guard let (number, unit) = split(text) else { return nil }
        let divisor: Int128
        switch unit {
        case "": divisor = 1
        case "%": divisor = 100
        case "bps": divisor = 10_000
        default: return nil
        }
        return number.raw % divisor == 0 ? Ratio(FixedDecimal(raw: number.raw / divisor)) : nil
    }

    /// nil for a text that is no duration, is negative, is longer than a century, or is no whole number of milliseconds.
    static func duration(_ text: String) -> TimeSpan? {
        guard let (number, unit) = split(text), !number.isNegative, number < "10000000000000" else { return nil }
        let size: Int
        switch unit {
        case "ms": size = 1
        case "s": size = 1_000
        case "min": size = 60_000
        case "h": size = 3_600_000
        case "day", "days": size = 86_400_000
        default: return nil
        }
        let total = number.times(FixedDecimal(size), rounding: .down)
        guard total.isMultiple(of: .one), total <= "3200000000000" else { return nil }
        return TimeSpan(milliseconds: Int64(total.raw / FixedDecimal.scale))
    }

    /// A number, at most one space, and the rest.
    private static func split(_ text: String) -> (FixedDecimal, Substring)? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
        guard let number = FixedDecimal(digits) else { return nil }
        let rest = text[digits.endIndex...]
        return (number, rest.first == " " && rest.count > 1 ? rest.dropFirst() : rest)
    }
}
