// The kinds of value that only strategies have.
import Kernel
import Market
import Settings

extension Kind where Value == String {
    static let name = Kind(
        expected: "a name of small letters, digits and dashes, such as trend-following",
        parse: { text in
            (1...60).contains(text.utf8.count) && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 } ? text : nil
        }, text: { $0 })

    /// No spot venue can sell what is not held: short is understood and refused.
    static let direction = Kind(
        expected: "long; short is refused, because no spot venue can sell what is not held", parse: { $0 == "long" ? $0 : nil }, text: { $0 })
}

extension Kind where Value == Timeframe {
    static let timeframe = Kind<Timeframe>.word()
}

extension Kind where Value == Symbol {
    static let symbol = Kind(expected: "a pair such as BTC/USDT", parse: { Symbol($0) }, text: { $0.description })
}

extension Kind where Value == Int {
    static let version = Kind(
        expected: "a whole number from 1 on", parse: { text in Plain.integer(text).flatMap { $0 >= 1 ? $0 : nil } }, text: { String($0) })
    static let positions = Kind(
        expected: "a whole number from 1 to 1000",
        parse: { text in
            Plain.integer(text).flatMap { (1...1_000).contains($0) ? $0 : nil }
        }, text: { String($0) })
}

extension Kind where Value == FixedDecimal {
    static let amount = Kind(
        expected: "an amount above 0 and at most 1000000000000",
        parse: { text in
            FixedDecimal(text).flatMap { $0.isPositive && $0 <= "1000000000000" ? $0 : nil }
        }, text: { $0.description })
}

extension Kind where Value == Ratio {
    static let shareOrParameter = Kind(
        expected: "a share such as 3 % or 0.03, or a parameter's name", parse: { Measure.share($0) }, text: { $0.percentText })
    static let conviction = Kind(
        expected: "a conviction from 0 to 1, such as 0.70",
        parse: { text in
            Measure.share(text).flatMap { $0 >= .zero && $0 <= .one ? $0 : nil }
        }, text: { $0.description })
}
