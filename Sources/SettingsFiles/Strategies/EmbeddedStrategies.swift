// The shipped strategies, compiled in so that the program works from any folder. A test keeps them equal to
// the files in `config/strategies/`, which is where to edit them.

public enum EmbeddedStrategies {
    /// File names and texts, in the order of names.
    public static let all: [(file: String, text: String)] = [
        ("bench-w1.yaml", benchW1),
        ("bench-w2.yaml", benchW2),
        ("bench-w4.yaml", benchW4),
        ("bench-w7.yaml", benchW7),
        ("hourly-panel.yaml", hourlyPanel),
        ("mean-reversion.yaml", meanReversion),
        ("scalping.yaml", scalping),
        ("trend-following.yaml", trendFollowing)
    ]

    private static let benchW1 = #"""
        # The rule that speeds are measured with: one market of minutes, a ladder of three rungs, a trailing stop.
        # Fills as plain backtesters have them, so that the same trades can be had elsewhere.
        name: bench-w1
        version: 1
        symbols: universe
        timeframe: 1m
        entry: crosses_above(ema(9), ema(21)) and rsi(14) < 70
        bracket:
          stop: 3 %
          rungs: [{gain: 3 %, share: 33 %}, {gain: 5 %, share: 33 %}, {gain: 8 %, share: 34 %}]
          trailing: 2 %
        sizing: {equity: 10 %, positions: 1, capital: 10000}
        fills: {entry: next-open, order: stop-first, accounting: plain, fee: 0.1 %, slippage: 0 %}

        """#

    private static let benchW2 = #"""
        # The rule that speeds are measured with: fifty markets of hours, three positions at most, a ladder of three rungs, a trailing stop.
        # Fills as plain backtesters have them, so that the same trades can be had elsewhere.
        name: bench-w2
        version: 1
        symbols: universe
        timeframe: 1h
        entry: crosses_above(ema(9), ema(21)) and rsi(14) < 70
        bracket:
          stop: 3 %
          rungs: [{gain: 3 %, share: 33 %}, {gain: 5 %, share: 33 %}, {gain: 8 %, share: 34 %}]
          trailing: 2 %
        sizing: {equity: 10 %, positions: 3, capital: 10000}
        fills: {entry: next-open, order: stop-first, accounting: plain, fee: 0.1 %, slippage: 0 %}

        """#

    private static let benchW4 = #"""
        # The rule that speeds of optimising are measured with: 1000 combinations over one market of hours, a stop and
        # one target.
        name: bench-w4
        version: 1
        symbols: universe
        timeframe: 1h
        parameters:
          fast: {default: 9, min: 5, max: 14, step: 1}
          slow: {default: 20, min: 20, max: 38, step: 2}
          cap: {default: 70, min: 60, max: 78, step: 2}
        entry: crosses_above(ema(fast), ema(slow)) and rsi(14) < cap
        bracket:
          stop: 3 %
          rungs: [{gain: 5 %, share: 100 %}]
          trailing: off
        sizing: {equity: 10 %, positions: 1, capital: 10000}
        fills: {entry: next-open, order: stop-first, accounting: plain, fee: 0.1 %, slippage: 0 %}

        """#

    private static let benchW7 = #"""
        # The rule that speeds of windows are measured with: W1's market of minutes and W1's bracket, an average and its upper band.
        # Fills as plain backtesters have them, so that the same trades can be had elsewhere.
        name: bench-w7
        version: 1
        symbols: universe
        timeframe: 1m
        entry: crosses_above(close, sma(20)) and close < bollinger_upper(20, 2)
        bracket:
          stop: 3 %
          rungs: [{gain: 3 %, share: 33 %}, {gain: 5 %, share: 33 %}, {gain: 8 %, share: 34 %}]
          trailing: 2 %
        sizing: {equity: 10 %, positions: 1, capital: 10000}
        fills: {entry: next-open, order: stop-first, accounting: plain, fee: 0.1 %, slippage: 0 %}

        """#

    private static let hourlyPanel = #"""
        # The hourly panel: rules as broad as the indicator analysts' own, and entries that wait until the panel agrees.
        # A backtest asks nobody: it shows what the rules alone would have done or, with --answers, what a panel once confirmed.
        name: hourly-panel
        version: 1
        symbols: universe
        timeframe: 1h
        direction: long
        entry: >
          ema(9) > ema(21)
          and macd_histogram(12, 26, 9) > 0
          and rsi(14) > 50 and rsi(14) < 70
          and volatility(20) < 0.03
        aiConfirmation: {minimumConviction: 0.70}
        bracket:
          stop: 3 %
          rungs: [{gain: 3 %, share: 33 %}, {gain: 5 %, share: 33 %}, {gain: 8 %, share: 34 %}]
          trailing: 2 %
        sizing: {equity: 10 %, positions: 3, capital: 10000}
        fills: {entry: next-open, order: open-first, accounting: exact, fee: 0.1 %, slippage: 10 bps}

        """#

    private static let meanReversion = #"""
        # Buys what fell out of its usual band and turns, where no strong trend drives it; sells at the middle again.
        name: mean-reversion
        version: 1
        symbols: universe
        timeframe: 1h
        direction: long
        parameters:
          width: {default: 2, list: [1.5, 2, 2.5]}
          calm: {default: 25, min: 20, max: 35, step: 5}
        entry: >
          crosses_above(close, bollinger_lower(20, width))
          and rsi(14) < 40
          and adx(14) < calm
        exit: close > bollinger_middle(20, width)
        bracket:
          stop: 3 %
          rungs: [{gain: 3 %, share: 33 %}, {gain: 5 %, share: 33 %}, {gain: 8 %, share: 34 %}]
          trailing: 2 %
        sizing: {equity: 10 %, positions: 3, capital: 10000}
        fills: {entry: next-open, order: open-first, accounting: exact, fee: 0.1 %, slippage: 10 bps}

        """#

    private static let scalping = #"""
        # Small moves with the trend of the hour: buys a dip of the last minutes while the longer averages rise, and is
        # out again at the first target, at the stop, or when the dip has been made up.
        name: scalping
        version: 1
        symbols: universe
        timeframe: 5m
        direction: long
        parameters:
          dip: {default: 30, min: 20, max: 40, step: 5}
          target: {default: 1.2 %, list: [0.8 %, 1.2 %, 1.6 %]}
        entry: >
          ema(9, 1h) > ema(21, 1h)
          and crosses_above(rsi(7), dip)
          and volume > 0
        exit: rsi(7) > 75 and close < close[1]
        bracket:
          stop: 1 %
          rungs: [{gain: target, share: 100 %}]
          trailing: off
        sizing: {equity: 10 %, positions: 3, capital: 10000}
        fills: {entry: next-open, order: open-first, accounting: exact, fee: 0.1 %, slippage: 10 bps}

        """#

    private static let trendFollowing = #"""
        # Goes with a trend that is strong enough to pay its costs, and stays with it as long as the slower average holds.
        name: trend-following
        version: 1
        symbols: universe
        timeframe: 1h
        direction: long
        parameters:
          fast: {default: 21, min: 9, max: 33, step: 4}
          slow: {default: 55, min: 40, max: 100, step: 15}
          strength: {default: 22, min: 18, max: 30, step: 4}
        entry: >
          crosses_above(ema(fast), ema(slow))
          and adx(14) > strength
          and plus_di(14) > minus_di(14)
        exit: crosses_below(close, ema(slow))
        bracket:
          stop: 3 %
          rungs: [{gain: 3 %, share: 33 %}, {gain: 5 %, share: 33 %}, {gain: 8 %, share: 34 %}]
          trailing: 2 %
        sizing: {equity: 15 %, positions: 3, capital: 10000}
        fills: {entry: next-open, order: open-first, accounting: exact, fee: 0.1 %, slippage: 10 bps}

        """#
}
