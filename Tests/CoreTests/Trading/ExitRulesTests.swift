// What one candle does to a position, case by case, and that it does not matter how the candles are
// portioned: read at once, one by one, or taken up again after a crash.
import Testing

@testable import Kernel
@testable import Market
@testable import Trading

/// Minute `index` after the fill as `open high low close`.
private func minute(_ index: Int, _ text: String) -> Candle {
    let prices = text.split(separator: " ").map { Price(String($0))! }
    return Candle(openTime: fourteen + .minutes(index), open: prices[0], high: prices[1], low: prices[2], close: prices[3], volume: .zero)!
}

/// `reason quantity price minute` of every sale.
private func told(_ due: [DueExit]) -> [String] {
    due.map { "\($0.reason.rawValue) \($0.quantity) \($0.price) \(($0.candle.openTime - fourteen).milliseconds / 60_000)" }
}

/// A position of one coin at 100: stop 97, targets 103, 105 and 108, and what its candles must sell.
private struct Course: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let candles: [String]
    let sold: [String]
    let trailing: String?
    init(_ name: String, _ candles: [String], _ sold: [String], trailing: String? = nil) {
        (testDescription, self.candles, self.sold, self.trailing) = (name, candles, sold, trailing)
    }
}

private let courses: [Course] = [
    Course("a quiet candle sells nothing", ["100 102.99 97.01 101"], []),
    Course("the stop fills at its level", ["100 101 97 98"], ["STOP_LOSS 1 97 0"]),
    Course("a gap below the stop fills at the open", ["95 96 94 96"], ["STOP_LOSS 1 95 0"]),
    Course("an open exactly at the stop fills there", ["97 99 96 98"], ["STOP_LOSS 1 97 0"]),
    Course("stop before target inside one candle", ["100 109 96 108"], ["STOP_LOSS 1 97 0"]),
    Course("a target fills at its level", ["100 103 99 102"], ["TAKE_PROFIT_1 0.33 103 0"], trailing: "100.94"),
    Course("a gap above a target fills at the open", ["104 104.5 103 104"], ["TAKE_PROFIT_1 0.33 104 0"], trailing: "102.41"),
    Course(
        "a gap over two targets fills both at the open", ["106 107 105.5 106"],
        ["TAKE_PROFIT_1 0.33 106 0", "TAKE_PROFIT_2 0.33 106 0"], trailing: "104.86"),
    Course(
        "a gap over all targets ends it at the open", ["110 111 90 95"],
        ["TAKE_PROFIT_1 0.33 110 0", "TAKE_PROFIT_2 0.33 110 0", "TAKE_PROFIT_3 0.34 110 0"]),
    Course(
        "several rungs in one candle fill at their levels", ["100 105.5 99 105"],
        ["TAKE_PROFIT_1 0.33 103 0", "TAKE_PROFIT_2 0.33 105 0"], trailing: "103.39"),
    Course(
        "all rungs in one candle", ["100 108 99 100"],
        ["TAKE_PROFIT_1 0.33 103 0", "TAKE_PROFIT_2 0.33 105 0", "TAKE_PROFIT_3 0.34 108 0"]),
    Course(
        "a gap over a target, then the stop inside the same candle", ["104 104 96 97"],
        ["TAKE_PROFIT_1 0.33 104 0", "STOP_LOSS 0.67 97 0"]),
    Course("the trail does not act inside the candle that armed it", ["100 104.5 100 101"], ["TAKE_PROFIT_1 0.33 103 0"], trailing: "102.41"),
    Course(
        "the trail acts in the next candle", ["100 104 100 103.5", "103 103 101 101"],
        ["TAKE_PROFIT_1 0.33 103 0", "TRAILING_STOP 0.67 101.92 1"], trailing: "101.92"),
    Course(
        "a gap below the trail fills at the open", ["100 104 100 103.5", "99 100 98 99"],
        ["TAKE_PROFIT_1 0.33 103 0", "TRAILING_STOP 0.67 99 1"], trailing: "101.92"),
    Course(
        "trail before target inside one candle", ["100 104 100 103.5", "103 106 101.9 105"],
        ["TAKE_PROFIT_1 0.33 103 0", "TRAILING_STOP 0.67 101.92 1"], trailing: "101.92"),
    Course("without a first rung nothing trails", ["100 102.9 99 102", "102 102.5 98 98", "98 98 97 97.5"], ["STOP_LOSS 1 97 2"]),
    Course(
        "the trail rises with the high and never falls", ["100 104 100 104", "104 104.8 103 103.5", "103.5 103.6 102.75 103"],
        ["TAKE_PROFIT_1 0.33 103 0"], trailing: "102.7"),
    Course(
        "rungs over several candles", ["100 103 100 103", "103 105 102 105", "105 108 104 108"],
        ["TAKE_PROFIT_1 0.33 103 0", "TAKE_PROFIT_2 0.33 105 1", "TAKE_PROFIT_3 0.34 108 2"], trailing: "102.9"),
    Course("after the stop nothing more is read", ["100 100 96 97", "100 110 90 100"], ["STOP_LOSS 1 97 0"])
]

@Suite("When a position is sold")
struct ExitRulesTests {
    @Test("case by case", arguments: courses)
    private func cases(_ course: Course) {
        let candles = course.candles.enumerated().map { minute($0.offset, $0.element) }
        let (due, watch) = ExitRules.read(candles, .m1, for: sampleHolding())
        #expect(told(due) == course.sold)
        #expect(watch.trailingStop?.description == course.trailing)
    }

    @Test("candles that open before the fill are not looked at, the one that opens with it is")
    func onlyAfterTheFill() {
        let mid = sampleHolding(openedAt: fourteen + .seconds(30))
        #expect(ExitRules.read([minute(0, "100 100 90 90")], .m1, for: mid).due.isEmpty)
        #expect(told(ExitRules.read([minute(0, "100 100 90 90"), minute(1, "99 99 98 98")], .m1, for: mid).due).isEmpty)
        #expect(told(ExitRules.read([minute(0, "100 100 90 90")], .m1, for: sampleHolding()).due) == ["STOP_LOSS 1 97 0"])
        #expect(ExitRules.read([minute(-1, "100 100 90 90")], .m1, for: sampleHolding()).due.isEmpty)
    }

    @Test("candles that were read are not read again")
    func notTwice() {
        var holding = sampleHolding()
        holding.watch = ExitWatch(readThrough: fourteen + .minutes(5), highest: Price("101")!)
        #expect(ExitRules.read([minute(3, "100 100 90 90"), minute(4, "100 100 90 90")], .m1, for: holding).due.isEmpty)
        #expect(ExitRules.read([minute(5, "100 100 90 90")], .m1, for: holding).due.count == 1)
    }

    @Test("a folded ladder ends with its last rung, whatever its number")
    func folded() {
        let small = sampleHolding("0.2")
        #expect(small.bracket.rungs.count == 1)
        #expect(told(ExitRules.read([minute(0, "100 109 99 109")], .m1, for: small).due) == ["TAKE_PROFIT_1 0.2 103 0"])
    }

    @Test("a fall of 30 % through the stop is sold at the open, all of it, at once")
    func F039_gapThroughStop() {
        let crash = [minute(0, "100 101 99 100"), minute(1, "70 71 60 65"), minute(2, "65 120 65 120")]
        #expect(told(ExitRules.read(crash, .m1, for: sampleHolding()).due) == ["STOP_LOSS 1 70 1"])
        // The same from a trailing stop: what is left goes, at the open.
        let ride = [minute(0, "100 106 100 105"), minute(1, "73.5 74 73 74")]
        #expect(
            told(ExitRules.read(ride, .m1, for: sampleHolding()).due)
                == ["TAKE_PROFIT_1 0.33 103 0", "TAKE_PROFIT_2 0.33 105 0", "TRAILING_STOP 0.34 73.5 1"])
    }
}

@Suite("Exits over random courses")
struct ExitPropertyTests {
    /// Minutes of a jumpy market round 100: most courses end within the hour.
    private func course(_ numbers: inout SplitMix64, count: Int = 90) -> [Candle] {
        var last = 100.0
        return (0..<count).map { index in
            let open = last * Mathematics.exp(numbers.below(12) == 0 ? 0.02 * numbers.normal() : 0)
            let close = open * Mathematics.exp(0.008 * numbers.normal())
            let high = max(open, close) * (1 + 0.004 * numbers.unit()), low = min(open, close) * (1 - 0.004 * numbers.unit())
            last = close
            func cents(_ x: Double) -> Price { Price(FixedDecimal(flooring: x).rounded(toMultipleOf: "0.01", .nearest))! }
            return Candle(
                openTime: fourteen + .minutes(index), open: cents(open), high: cents(high), low: cents(low), close: cents(close), volume: .zero)!
        }
    }

    /// The holding after its due sales were filled and the watch was kept.
    private func after(_ holding: Holding, _ due: [DueExit], _ watch: ExitWatch) -> Holding {
        var holding = holding
        for sale in due {
            holding.remaining = holding.remaining - sale.quantity
            holding.rungsFilled += sale.reason.isRung ? 1 : 0
        }
        holding.watch = watch
        return holding
    }

    @Test("reading in any portions, from any bookmark, sells the same", arguments: 1...40)
    func portions(_ seed: Int) {
        var numbers = SplitMix64(seed: UInt64(seed) * 977)
        for _ in 0..<10 {
            let candles = course(&numbers), start = sampleHolding(numbers.pick(["1", "0.2", "7.777"]))
            let (all, end) = ExitRules.read(candles, .m1, for: start)
            var holding = start, pieces: [DueExit] = [], at = 0
            while at < candles.count, !holding.remaining.isZero {
                // The whole history is offered each time, as after a restart; the bookmark says what is new.
                let upTo = min(candles.count, at + 1 + numbers.below(7))
                let (due, watch) = ExitRules.read(Array(candles[..<upTo]), .m1, for: holding)
                pieces += due
                // A step that sold nothing may have lost its bookmark: the older one must lead to the same.
                if due.isEmpty, numbers.below(3) == 0 { at = upTo; continue }
                holding = after(holding, due, watch)
                at = upTo
            }
            #expect(pieces == all)
            if holding.remaining.isZero { #expect(holding.watch == end) }
        }
    }

    @Test("over seeds: nothing is sold twice, prices are what the candle allowed, and the trail never falls", arguments: 1...40)
    func invariants(_ seed: Int) {
        var numbers = SplitMix64(seed: UInt64(seed) * 131), reasons: Set<ExitReason> = []
        for _ in 0..<10 {
            let candles = course(&numbers)
            var holding = sampleHolding()
            for candle in candles where !holding.remaining.isZero {
                let stop = holding.protectiveStop, before = holding
                let (due, watch) = ExitRules.read([candle], .m1, for: holding)
                reasons.formUnion(due.map(\.reason))
                for sale in due {
                    #expect(sale.candle.openTime == candle.openTime)
                    #expect(sale.price <= candle.high && sale.price >= candle.low)
                    if !sale.reason.isRung { #expect(sale.price == min(stop, candle.open)) }
                }
                holding = after(holding, due, watch)
                #expect(holding.protectiveStop >= before.protectiveStop)
                #expect(holding.watch.trailingStop == nil || holding.rungsFilled > 0)
                #expect(watch.highest == max(before.watch.highest, candle.high))
            }
        }
        #expect(reasons.contains(.stopLoss) && reasons.contains(.takeProfit1))
    }
}
