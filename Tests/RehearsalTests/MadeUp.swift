// Markets and strategies from a seed: prices that leap between candles, candles that touch many levels, missing
// candles, markets that begin later or end earlier; rules over every indicator.
import Domain

struct MadeUp {
    let strategy: Strategy
    let histories: [CandleHistory]
    /// Finer candles of each; empty where there are none.
    let detail: [CandleHistory]

    init(seed: UInt64) {
        var chance = Chance(state: seed &* 0x9E37_79B9 &+ 17)
        strategy = Self.strategy(&chance)
        let count = 1 + chance.below(3)
        histories = (0..<count).map { Self.history("AB\(UnicodeScalar(UInt8(67 + $0)))", .h1, &chance) }
        detail = []
    }

    /// Quarters of an hour without a gap, and the hours they make.
    init(detailed seed: UInt64) {
        var chance = Chance(state: seed &* 0x85EB_CA6B &+ 29)
        strategy = Self.strategy(&chance)
        let count = 1 + chance.below(3)
        detail = (0..<count).map { Self.history("AB\(UnicodeScalar(UInt8(67 + $0)))", .m15, &chance) }
        histories = detail.map { $0.resampled(to: .h1) }
    }

    private static let rules: [(entry: String, exit: String?)] = [
        ("crosses_above(ema(5), ema(13)) and rsi(7) < 75", "crosses_below(close, ema(13))"),
        ("crosses_above(close, bollinger_lower(10, 1.5))", "close > bollinger_middle(10, 1.5)"),
        ("rsi(5) < 35", nil),
        ("ema(3, 4h) > ema(7, 4h) and close > close[1]", "adx(7) < 20 or close < sma(9)"),
        ("stochastic_k(5, 2, 2) > stochastic_d(5, 2, 2) and williams(7) < -40", "cci(9) > 120"),
        ("macd_histogram(4, 9, 3) > 0 and obv() > obv()[3]", "roc(5) < -0.5 or mfi(7) > 85"),
        ("plus_di(7) > minus_di(7) and volatility(9) < 0.05", "close < close[1] - 0.8 * atr(7)"),
    ]

    private static func strategy(_ chance: inout Chance) -> Strategy {
        let rule = rules[chance.below(rules.count)], checker = ExpressionChecker(timeframe: .h1, parameters: [:])
        func condition(_ text: String) -> Condition {
            do { return try checker.condition(text) } catch { preconditionFailure("a test's rule: \(text): \(error)") }
        }
        var strategy = Strategy(name: "made-up", timeframe: .h1, entry: condition(rule.entry), exit: rule.exit.map(condition))
        strategy.fills.entry = chance.below(3) == 0 ? .close : .nextOpen
        let slippages: [Ratio] = [.zero, "0.001"], shares: [Ratio] = ["0.05", "0.15", "0.2"], stops: [Ratio] = ["0.01", "0.02", "0.04"]
        let capitals: [FixedDecimal] = ["10000", "1000", "90"]
        strategy.fills.slippage = .exact(slippages[chance.below(2)])
        strategy.sizing.equity = .exact(shares[chance.below(3)])
        strategy.sizing.positions = 1 + chance.below(3)
        strategy.sizing.capital = capitals[chance.below(3)]
        strategy.bracket.stop = .exact(stops[chance.below(3)])
        if chance.below(3) == 0 { strategy.bracket.trailing = nil }
        if chance.below(3) == 0 { strategy.bracket.rungs = [.init(rise: .exact("0.02"), share: .exact(.one))] }
        return strategy
    }

    private static func history(_ base: String, _ timeframe: Timeframe, _ chance: inout Chance) -> CandleHistory {
        guard let currency = Currency(base), let instrument = Instrument(symbol: Symbol(currency, .usdt), tickSize: "0.01", lotStep: "0.0001", minNotional: "10") else {
            preconditionFailure("a test's instrument")
        }
        let isWhole = timeframe != .h1, rows = (110 + chance.below(60)) * (isWhole ? 4 : 1), first = chance.below(4) == 0 ? chance.below(20) : 0
        let columns = CandleHistory.Columns(capacity: rows)
        var count = 0, price = 10_000
        for row in 0..<rows {
            let open = max(3_000, price + (chance.below(5) == 0 ? chance.below(201) - 100 : 0)), close = min(30_000, max(3_000, open + chance.below(241) - 120))
            let high = max(open, close) + chance.below(chance.below(10) == 0 ? 700 : 90), low = min(open, close) - chance.below(chance.below(10) == 0 ? 600 : 90)
            price = close
            guard row >= first, isWhole || chance.below(40) > 0 else { continue }
            columns.openTime[count] = 1_704_067_200_000 + Int64(row) * timeframe.duration.milliseconds
            columns.open[count] = Double(open) / 100
            columns.high[count] = Double(high) / 100
            columns.low[count] = Double(low) / 100
            columns.close[count] = Double(close) / 100
            columns.volume[count] = Double(1 + chance.below(1_000))
            count += 1
        }
        return CandleHistory(columns, count: count, instrument: instrument, pricePlaces: 2, timeframe: timeframe)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same run.
struct Chance {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}
