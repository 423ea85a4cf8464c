// Numbers as people read them: a real minus sign, thousands apart, the unit always there.
// Promise: what is shown is the exact value rounded once, and nothing that rounds to zero wears a sign.
public import Kernel

/// Text of values for people; for machines the values' own `description` is right.
public enum Format {
    /// U+2212, as wide as a plus sign.
    static let minus = "−"

    /// Decimal text with thousands separators: `1,012.40`.
    /// - Parameters:
    ///   - places: decimals to round to (0 to 12), ties to even.
    ///   - trimmed: drops zeros at the end: `3` rather than `3.00`.
    ///   - signed: puts `+` before what is above zero.
    public static func decimal(_ value: FixedDecimal, places: Int, trimmed: Bool = false, signed: Bool = false) -> String {
        let rounded = value.rounded(places: places, .nearest)
        let text = grouped(rounded.magnitude.text(minimumPlaces: trimmed ? 0 : places))
        if rounded.isNegative { return minus + text }
        return signed && rounded.isPositive ? "+" + text : text
    }

    /// A share in percent: `+0.31 %`, `−0.4 %`, `71 %`.
    public static func percent(_ share: Ratio, places: Int = 2, trimmed: Bool = false, signed: Bool = false) -> String {
        guard let value = share.value.checkedTimes(FixedDecimal(100), rounding: .nearest) else { return "beyond measure" }
        return decimal(value, places: places, trimmed: trimmed, signed: signed) + " %"
    }

    /// A share in percent that always wears its sign: `+2.10 %`, `−1.20 %`; zero is plain.
    public static func change(_ share: Ratio, places: Int = 2, trimmed: Bool = false) -> String {
        percent(share, places: places, trimmed: trimmed, signed: true)
    }

    /// An amount without its currency: `1,012.40`.
    public static func amount(_ value: FixedDecimal, signed: Bool = false) -> String {
        decimal(value, places: 2, signed: signed)
    }

    /// An amount with its currency: `1,012.40 USDT`, `+0.73 USDT`. `trimmed` drops `.00` and nothing else: `75 USDT`.
    public static func money(_ money: Money, signed: Bool = false, trimmed: Bool = false) -> String {
        let text = amount(money.amount, signed: signed)
        return (trimmed && text.hasSuffix(".00") ? String(text.dropLast(3)) : text) + " " + money.currency.code
    }

    /// A quantity, exact and without zeros at the end: `5.27`, `1,200,000`.
    public static func quantity(_ quantity: Quantity) -> String { grouped(quantity.description) }

    /// A price with as many decimals as its tick: tick 0.001 gives `14.212`, tick 0.01 gives `63,254.10`.
    /// A price off the grid (an average) is rounded to those decimals.
    public static func price(_ price: Price, tick: FixedDecimal) -> String {
        decimal(price.value, places: places(of: tick))
    }

    /// How many decimals a step needs: 3 for 0.001, 1 for 0.5, 0 for 10.
    static func places(of step: FixedDecimal) -> Int {
        let text = step.description
        guard let point = text.firstIndex(of: ".") else { return 0 }
        return text.distance(from: point, to: text.endIndex) - 1
    }

    /// Puts commas between thousands of the whole part of unsigned decimal text.
    private static func grouped(_ text: String) -> String {
        let point = text.firstIndex(of: ".") ?? text.endIndex
        let whole = Array(text[..<point])
        var out = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { out.append(",") }
            out.append(digit)
        }
        return out + text[point...]
    }
}
