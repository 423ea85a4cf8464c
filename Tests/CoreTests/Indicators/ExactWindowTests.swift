// Windows are added up exactly and rounded once: what is equal in decimals is equal, and a value hangs on its window
// alone, to the last bit.
import Kernel
import Strategies
import Testing

@testable import Market

@Suite("Indicators of a window, exactly")
struct ExactWindowTests {
    /// A walk in whole ticks.
    private static func walk(_ seed: UInt64, _ count: Int, from start: Int, step: Int) -> [Int] {
        var numbers = SplitMix64(seed: seed)
        var price = start
        return (0..<count).map { _ in
            price = max(1, price + Int(numbers.unit() * Double(2 * step + 1)) - step)
            return price
        }
    }

    private static func prices(_ ticks: [Int], _ places: Int) -> [Double] { ticks.map { Double($0) / Ticks.power(places) } }

    @Test(
        "mean and variance are the Doubles nearest to those of the decimals, at every unit of prices",
        arguments: [
            (0, 60_000), (1, 58), (2, 2_750_000), (4, 6_122), (8, 57), (8, 6_000_000_000_000), (12, 500), (12, 60_000_000_000_000)
        ])
    func nearest(places: Int, start: Int) {
        for n in [1, 2, 3, 7, 20, 63] {
            var window = TickWindow(n, scatters: true)
            let ticks = Self.walk(UInt64(n), 70, from: start, step: max(1, start / 50))
            for (row, price) in Self.prices(ticks, places).enumerated() {
                window.push(price)
                guard row >= n - 1 else { continue }
                let rows = ticks[(row - n + 1)...row].map { Int128($0) }, count = Int128(n)
                let sum = rows.reduce(0, +), scatter = count * rows.reduce(0) { $0 + $1 * $1 } - sum * sum
                #expect(Fraction(sum, over: count, places: places).isNearest(window.mean), "mean of \(n), row \(row)")
                #expect(Fraction(scatter, over: count * count, places: 2 * places).isNearest(window.variance), "variance of \(n), row \(row)")
            }
        }
    }

    @Test(
        "a close equal to the mean of its window is equal to it, and its bands where nothing scatters",
        arguments: [0.00000056, 0.6122, 27_501.37, 1e-12, 0.1, 100.3])
    func ties(price: Double) {
        var sma = SMA(20), bands = BollingerBands(20)
        for row in 0..<60 {
            // Before the ties: rests that a rolling sum of Doubles would keep.
            let x = row < 20 ? price * Double(1 + row % 3) : price
            let mean = sma.update(x), band = bands.update(x)
            if row >= 39 { #expect(mean == price && band?.upper == price && band?.lower == price, "row \(row)") }
        }
        var about = SMA(2)
        #expect([0.57, 0.55, 0.56].map { about.update($0) } == [nil, 0.56, 0.555])
    }

    private static let windowed: [IndicatorSpec] = [
        .sma(20), .sma(3), .bollinger(20, width: 2), .bollinger(7, width: 1.5), .stochastic(k: 5, slowing: 3, d: 3),
        .stochastic(k: 14, slowing: 1, d: 2),
        .williams(14), .roc(10), .mfi(5), .cci(6), .volatility(9)
    ]

    @Test("the last rows alone give the bits of the whole history, whatever came before", arguments: windowed)
    func alone(_ spec: IndicatorSpec) {
        for seed in 0..<6 as Range<UInt64> {
            // Highs, lows and volumes come again every 84 rows. What came before has more decimals, no decimals at all, or is a million times as
            // much.
            let before =
                seed % 3 == 0
                ? Self.prices(Self.walk(seed, 84, from: 123_456, step: 999), 7)
                : Self.prices(Self.walk(seed, 84, from: 70_000, step: 90), 0).map { seed % 3 == 1 ? $0 * .pi : $0 * 1e6 }
            let now = Self.prices(Self.walk(seed + 50, 80, from: 58, step: 1), 2)
            let long = spec.columns(of: Self.input(before + now)), short = spec.columns(of: Self.input(now))
            for (name, (a, b)) in zip(spec.columnNames, zip(long, short)) {
                let same = (spec.memory..<now.count).allSatisfy { a[before.count + $0].bitPattern == b[$0].bitPattern }
                #expect(same, "\(name), seed \(seed)")
            }
        }
    }

    private static func input(_ close: [Double]) -> IndicatorInput {
        IndicatorInput(
            open: close, high: close.enumerated().map { $1 * ($0 % 3 == 0 ? 1.5 : 1) }, low: close.enumerated().map { $1 * ($0 % 4 == 0 ? 0.5 : 1) },
            close: close,
            volume: close.indices.map { Double($0 % 7) + 0.3 })
    }

    @Test("thirds that come even in fractions come even here: %K, its mean, and what is compared with them")
    func fractions() throws {
        var stochastic = Stochastic(k: 1, slowing: 3, d: 3)
        // One third, two thirds and one half of candles of other heights; their mean is one half of the range.
        let candles = [(0.3, 0.0, 0.1), (0.7, 0.1, 0.5), (0.9, 0.1, 0.5)]
        var values: [Stochastic.Value] = []
        for row in 0..<12 {
            if let value = stochastic.update(high: candles[row % 3].0, low: candles[row % 3].1, close: candles[row % 3].2) { values.append(value) }
        }
        #expect(values.count == 8 && values.allSatisfy { $0.k == 50 && $0.d == 50 })
        var williams = WilliamsR(1)
        #expect(williams.update(high: 0.3, low: 0.1, close: 0.2) == -50)
        var roc = ROC(1)
        #expect([0.1, 0.3, 0.3].map { roc.update($0) } == [nil, 200, 0])
    }

    @Test(
        "volumes that cancel leave nothing of OBV, whatever it began with", arguments: [0.1, 0.7, 1e-12, 123_456_789.1, 3e13, 1e15 + 0.3, .pi, 1e20])
    func volumes(first: Double) {
        var obv = OBV()
        let closes: [Double] = [5, 6, 7, 6, 5, 5, 4, 5, 4], volumes = [first, 0.1, 0.2, 0.3, 0.007, 9, 1.001, 1.003, 0.002]
        let values = zip(closes, volumes).map { obv.update(close: $0, volume: $1) }
        // 0.1 and 0.2 on the way up, 0.3 on the way down: no rest.
        #expect(values[3] == values[0])
        #expect(values[5] == values[4])
        var later = OBV()
        let alone = zip(closes, volumes).dropFirst(3).map { later.update(close: $0, volume: $1) }
        #expect(values[8] == values[4] && alone[5] == alone[1])
    }

    @Test("numbers that are no decimals are averaged all the same, and leave no trace")
    func loose() {
        var sma = SMA(4), bands = BollingerBands(4)
        let rows = [0.1, 0.3, .pi, 0.2, 1e300, 0.4, 0.4, 0.4, 0.4, 0.5]
        let means = rows.map { sma.update($0) }, scatters = rows.map { bands.update($0)?.deviation }
        #expect(((means[3] ?? 0) - (0.6 + .pi) / 4).magnitude < 1e-15 && means[4] ?? 0 > 1e299)
        #expect(means[8] == 0.4 && scatters[8] == 0 && means[9] == 0.425)
    }
}

/// A fraction of whole numbers of any size that these tests need: digits to the base 2^32.
private struct Fraction {
    private let numerator: BigInteger
    private let denominator: BigInteger

    init(_ x: Double) {
        let significand = BigInteger(x == 0 ? 0 : Int128(x.significand * 0x1p52)), exponent = x == 0 ? 0 : Int(x.exponent) - 52
        numerator = exponent >= 0 ? significand.times(.power(2, exponent)) : significand
        denominator = exponent >= 0 ? BigInteger(1) : .power(2, -exponent)
    }

    init(_ a: Int128, over b: Int128, places: Int) {
        numerator = BigInteger(a)
        denominator = BigInteger(b).times(.power(10, places))
    }

    private init(_ a: BigInteger, _ b: BigInteger) { (numerator, denominator) = (a, b) }

    /// Whether neither neighbour of a Double is nearer.
    func isNearest(_ x: Double) -> Bool {
        let here = distance(to: x)
        return !(distance(to: x.nextUp) < here) && (x == 0 || !(distance(to: x.nextDown) < here))
    }

    private func distance(to x: Double) -> Fraction {
        let other = Fraction(x), a = numerator.times(other.denominator), b = other.numerator.times(denominator)
        return Fraction(a < b ? b.less(a) : a.less(b), denominator.times(other.denominator))
    }

    static func < (a: Fraction, b: Fraction) -> Bool { a.numerator.times(b.denominator) < b.numerator.times(a.denominator) }
}

/// A whole number that is not negative.
private struct BigInteger {
    private let digits: [UInt32]

    init(_ x: Int128) {
        var rest = x.magnitude, digits: [UInt32] = []
        while rest > 0 {
            digits.append(UInt32(truncatingIfNeeded: rest))
            rest >>= 32
        }
        self.digits = digits
    }

    private init(digits: [UInt32]) {
        self.digits = digits.reversed().drop { $0 == 0 }.reversed()
    }

    static func power(_ base: Int128, _ count: Int) -> BigInteger { (0..<count).reduce(BigInteger(1)) { power, _ in power.times(BigInteger(base)) } }

    func times(_ other: BigInteger) -> BigInteger {
        var result = [UInt32](repeating: 0, count: digits.count + other.digits.count)
        for (i, a) in digits.enumerated() {
            var carry: UInt64 = 0
            for (j, b) in other.digits.enumerated() {
                let sum = UInt64(a) * UInt64(b) + UInt64(result[i + j]) + carry
                result[i + j] = UInt32(truncatingIfNeeded: sum)
                carry = sum >> 32
            }
            result[i + other.digits.count] = UInt32(carry)
        }
        return BigInteger(digits: result)
    }

    /// The difference to a smaller one.
    func less(_ other: BigInteger) -> BigInteger {
        var result = digits, borrow: Int64 = 0
        for place in result.indices {
            let rest = Int64(digits[place]) - (place < other.digits.count ? Int64(other.digits[place]) : 0) - borrow
            borrow = rest < 0 ? 1 : 0
            result[place] = UInt32(truncatingIfNeeded: rest)
        }
        return BigInteger(digits: result)
    }

    static func < (a: BigInteger, b: BigInteger) -> Bool {
        if a.digits.count != b.digits.count { return a.digits.count < b.digits.count }
        for (x, y) in zip(a.digits.reversed(), b.digits.reversed()) where x != y { return x < y }
        return false
    }
}
