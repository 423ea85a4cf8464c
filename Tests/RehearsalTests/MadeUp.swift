// Markets and strategies from a seed: prices that leap between candles, candles that touch many levels, missing
// candles, markets that begin later or end earlier; coarse ticks, flats and repeats, where values are often equal;
// rules over every indicator.
import Kernel
import Market
import Strategies
import TestSupport

struct MadeUp {
    let strategy: Strategy
    let histories: [CandleHistory]
    /// Finer candles of each; empty where there are none.
    let detail: [CandleHistory]

    init(seed: UInt64) {
        var chance = SplitMix64(seed: seed &* 0x9E37_79B9 &+ 17)
        strategy = Self.strategy(&chance)
        let count = 1 + chance.below(3)
        histories = (0..<count).map { Self.history("AB\(UnicodeScalar(UInt8(67 + $0)))", .h1, &chance) }
        detail = []
    }

    /// A few ticks up and down, flats, and stretches that come again: prices equal averages, and averages each other.
    init(tied seed: UInt64) {
        var chance = SplitMix64(seed: seed &* 0xC2B2_AE35 &+ 41)
        strategy = Self.strategy(&chance, Self.tieRules[Int(seed) % Self.tieRules.count])
        let count = 1 + chance.below(2)
        histories = (0..<count).map { Self.tied("AB\(UnicodeScalar(UInt8(67 + $0)))", &chance) }
        detail = []
    }

    /// Quarters of an hour without a gap, and the hours they make.
    init(detailed seed: UInt64) {
        var chance = SplitMix64(seed: seed &* 0x85EB_CA6B &+ 29)
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
        ("plus_di(7) > minus_di(7) and volatility(9) < 0.05", "close < close[1] - 0.8 * atr(7)")
    ]

    private static let tieRules: [(entry: String, exit: String?)] = [
        ("close > sma(20)", "close < sma(20)"), ("crosses_above(sma(5), sma(10))", "crosses_below(sma(5), sma(10))"),
        ("close >= bollinger_upper(10, 1)", "close <= bollinger_lower(10, 1)"), ("close < bollinger_lower(20, 2)", "close > bollinger_middle(20, 2)"),
        ("close == sma(4)", "close != sma(4) and close < open"),
        ("stochastic_k(5, 3, 3) > stochastic_d(5, 3, 3)", "stochastic_k(5, 3, 3) < stochastic_d(5, 3, 3)"),
        ("williams(6) > -50", "williams(6) == -50 or roc(3) <= 0"), ("roc(4) == 0 and close >= open", "roc(4) != 0"),
        ("ema(3) > ema(7)", "ema(3) < ema(7)"), ("crosses_above(close, ema(5))", "crosses_below(close, ema(5))"), ("rsi(4) >= 50", "rsi(4) < 50"),
        ("macd_histogram(3, 7, 4) > 0", "macd(3, 7, 4) < 0"), ("plus_di(3) > minus_di(3)", "adx(3) == 0 or plus_di(3) < minus_di(3)"),
        ("high - low > atr(4)", "atr(4) == 0 or close < ema(4, 4h)"), ("obv() > obv()[4]", "obv() == obv()[2]"),
        ("cci(6) > 0 and mfi(4) != 50", "cci(6) < 0"),
        ("volatility(5) == 0 or not (sma(3) <= sma(3)[2])", "volatility(5) > 0.02 or rsi(3, 4h) == 50"),
        ("not crosses_below(ema(4), ema(9)) and ema(4) / ema(9) >= 1", "max(ema(4), sma(4)) - min(ema(9), sma(9)) == 0")
    ]

    private static func strategy(_ chance: inout SplitMix64, _ told: (entry: String, exit: String?)? = nil) -> Strategy {
        let rule = told ?? rules[chance.below(rules.count)], checker = ExpressionChecker(timeframe: .h1, parameters: [:])
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

    private static func history(_ base: String, _ timeframe: Timeframe, _ chance: inout SplitMix64) -> CandleHistory {
        let isWhole = timeframe != .h1, rows = (110 + chance.below(60)) * (isWhole ? 4 : 1), first = chance.below(4) == 0 ? chance.below(20) : 0
        let columns = CandleHistory.Columns(capacity: rows)
        var count = 0, market = SeededMarket(step: 120, wick: 90, leap: (5, 100), spike: (10, 700))
        for row in 0..<rows {
            let bar = market.next(&chance)
            guard row >= first, isWhole || chance.below(40) > 0 else { continue }
            let openTime = 1_704_067_200_000 + Int64(row) * timeframe.duration.milliseconds
            columns.set(count, at: openTime, bar, volume: Double(1 + chance.below(1_000)))
            count += 1
        }
        return CandleHistory(columns, count: count, instrument: .madeUp(base), pricePlaces: 2, timeframe: timeframe)
    }

    /// Hours whose prices are few, in steps that are many ticks of the venue's, so that no limit of the engine's own is in the
    /// way; long enough for the bot to read only some of them.
    private static func tied(_ base: String, _ chance: inout SplitMix64) -> CandleHistory {
        let places = 2 + 2 * chance.below(2), tick = 50 * (1 + chance.below(7)), least = 150 + chance.below(60)
        var rows: [(open: Int, high: Int, low: Int, close: Int)] = [], price = least + 10
        while rows.count < 300 {
            switch chance.below(12) {
            case 0: rows += Array(repeating: (price, price, price, price), count: 1 + chance.below(chance.below(8) == 0 ? 200 : 25))
            case 1 where rows.count > 30: rows += rows.suffix(3 + chance.below(25))
            default:
                let close = max(least, min(least + 30, price + chance.below(3) - 1))
                rows.append((price, max(price, close) + chance.below(2), min(price, close) - chance.below(2), close))
            }
            price = rows.last?.close ?? price
        }
        let columns = CandleHistory.Columns(capacity: rows.count), unit = places == 2 ? 100.0 : 10_000
        var count = 0
        for (hour, row) in rows.enumerated() where chance.below(60) > 0 {
            let openTime = 1_704_067_200_000 + Int64(hour) * Timeframe.h1.duration.milliseconds
            let bar = SeededMarket.Bar(row.open * tick, row.high * tick, row.low * tick, row.close * tick)
            columns.set(count, at: openTime, bar, volume: Double(123_456_789_1 + chance.below(3)) / 10, unit: unit)
            count += 1
        }
        return CandleHistory(
            columns, count: count, instrument: .madeUp(base, tick: places == 2 ? "0.01" : "0.0001"), pricePlaces: places, timeframe: .h1)
    }
}
