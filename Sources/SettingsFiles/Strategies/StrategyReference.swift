// The language of strategies on one page, made of the tables that judge it: a function that exists is in it.
import Market
import Strategies

public enum StrategyReference {
    public static var text: String {
        let fields = CandleField.allCases.map { row($0.rawValue, $0.meaning) }
        let functions = IndicatorFunction.allCases.map { row($0.example, $0.meaning) }
        return
            ([
                "A strategy is a YAML file NAME.yaml in the strategies folder; `carillon strategies new NAME` writes one to begin with.", "",
                "KEYS (name, timeframe and entry must be there)", keys, "",
                "EXPRESSIONS (entry and exit), judged at each close", operators, "",
                "FIELDS of the candle"
            ] + fields + ["", "INDICATORS, with their usual numbers; a number may be a parameter"] + functions + ["", others]).joined(separator: "\n")
    }

    private static func row(_ name: String, _ meaning: String) -> String {
        "  " + name + String(repeating: " ", count: max(2, 28 - name.count)) + meaning
    }

    private static let keys = [
        ("name: my-idea", "small letters, digits and dashes; the file's name"),
        ("version: 1", "count it up when you change a rule"),
        ("symbols: [BTC/USDT]", "or universe, which is all that the hour offers"),
        ("timeframe: 1h", Timeframe.allCases.map(\.rawValue).joined(separator: " ")),
        ("direction: long", "no spot venue can sell what is not held"),
        ("parameters: {fast: 9}", "numbers for rules; fast: {default: 9, min: 5, max: 14, step: 1} or {default: 9, list: [5, 9]} may be optimised"),
        ("entry: EXPRESSION", "buys at the next open where it holds"),
        ("exit: EXPRESSION", "sells all that is left where it holds; the bracket's stop and targets stand anyway"),
        ("bracket: {stop: 3 %}", "with rungs: [{gain: 3 %, share: 100 %}] and trailing: 2 %, or off"),
        ("sizing: {equity: 10 %}", "of a purchase; positions: 3 at once; capital: 10000 for backtests"),
        (
            "fills: {fee: 0.1 %}",
            "of backtests: slippage: 10 bps, entry: next-open or close, order: open-first or stop-first, accounting: exact or plain"
        ),
        ("aiConfirmation:", "{minimumConviction: 0.70}: buy only where the panel agrees that surely")
    ].map { row($0.0, $0.1) }.joined(separator: "\n")

    private static let operators = [
        ("a > b", "also >= < <= == !=; between two numbers"),
        ("x and y, x or y, not x", "and binds stronger than or; brackets group"),
        ("crosses_above(a, b)", "a was at or below b a candle ago and is above it now"),
        ("crosses_below(a, b)", "a was at or above b a candle ago and is below it now"),
        ("+ - * /", "a quotient by zero is no value"),
        ("min(a, b), max(a, b), abs(a)", "smaller, larger, without sign"),
        ("close[1]", "the value a candle ago, up to 500"),
        ("ema(9, 4h)", "an indicator on coarser candles, closed ones only")
    ].map { row($0.0, $0.1) }.joined(separator: "\n")

    private static let others = """
        A value that does not exist yet makes every comparison false: nothing is bought for want of a number.
        A share is written 3 %, 0.03 or 30 bps outside of expressions, and 0.03 inside.
        Then: carillon strategies (is it right?), carillon backtest NAME (what would it have done?), carillon optimise NAME.
        """
}
