// The shipped strategies, compiled in so that the program works from any folder. A test keeps them equal to
// the files in `config/strategies/`, which is where to edit them.

public enum EmbeddedStrategies {
    /// File names and texts, in the order of names.
    public static let all: [(file: String, text: String)] = [
        ("bench-w1.yaml", benchW1),
        ("bench-w2.yaml", benchW2),
        ("bench-w4.yaml", benchW4),
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
}
