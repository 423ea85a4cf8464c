// Candles held against last price and order book: which of them may be acted on, what a coin counts at, and what is said.
import Kernel
import Market
import Testing
import Trading

private let start = Timestamp(milliseconds: 1_767_621_600_000)
private func price(_ text: String) -> Price { Price(text)! }

/// A minute that opens so many minutes after the start.
private func bar(_ minute: Int, _ open: String, _ high: String? = nil, _ low: String? = nil, _ close: String? = nil) -> Candle {
    Candle(
        openTime: start + .minutes(minute), open: price(open), high: price(high ?? open), low: price(low ?? open), close: price(close ?? open),
        volume: .zero)!
}

private func flat(_ prices: String...) -> [Candle] { prices.enumerated().map { bar($0, $1) } }

/// Bought at 100, stop at 97, next target at 103.
private let held = KnownRange(price("97"), price("103"))

private func quote(_ last: String, book: String? = nil, minute: Int) -> SecondOpinion {
    .quote(Quote(last: price(last), at: start + .minutes(minute), bid: price(book ?? last), ask: price(book ?? last))!)
}

private func judged(_ candles: [Candle], _ second: SecondOpinion, known: KnownRange? = held) -> HeldPrice {
    PriceJudge().judge(candles, .m1, known: known, second: second, at: start + .minutes(candles.count))
}

@Suite("The judge of prices of what is held")
struct PriceJudgeTests {
    @Test("candles that go on from what is known and end near the price now are read whole")
    func sound() {
        let candles = flat("100", "101", "99", "96"), result = judged(candles, quote("96.5", minute: 4))
        #expect(result.candles == candles && result.mark == price("96") && result.dispute == nil)
        #expect(result.spot == SpotPrice(last: price("96.5"), sale: price("96.5")))
    }

    @Test("without another source candles are all there is", arguments: ["1", "10000"])
    func alone(_ last: String) {
        let candles = flat("100", last), result = judged(candles, .none)
        #expect(result.candles == candles && result.mark == price(last) && result.dispute == nil && result.spot == nil)
    }

    @Test("what is far and what last price and book agree with is acted on at once", arguments: ["50", "10000"])
    func confirmed(_ last: String) {
        let candles = flat("100", last), result = judged(candles, quote(last, minute: 2))
        #expect(result.candles == candles && result.mark == price(last) && result.dispute == nil)
    }

    /// The forms a wrong price takes while last price and book stay right.
    static let wrong: [(String, [Candle])] = [
        ("all shifted up", flat("10000", "10010", "10020")), ("all shifted down", flat("1", "1.01", "1")),
        ("the last up", flat("100", "100", "10000")),
        ("the last down", flat("100", "100", "1")), ("a wick down", [bar(0, "100"), bar(1, "100"), bar(2, "100", "100", "1", "100")]),
        ("a wick up", [bar(0, "100"), bar(1, "100"), bar(2, "100", "10000", "100", "100")]),
        ("a close of its own", [bar(0, "100"), bar(1, "100"), bar(2, "100", "100", "1", "1")])
    ]

    @Test("a contradicted candle is not read, and what is held counts at the last price", arguments: wrong)
    func contradicted(_ form: String, _ candles: [Candle]) {
        let result = judged(candles, quote("99", minute: 3))
        #expect(result.mark == price("99") && result.dispute?.contains("the last price is 99") == true, "\(form)")
        #expect(result.candles == candles.filter { $0.high == price("100") && $0.low == price("100") }, "\(form)")
    }

    @Test("a copy of old minutes is contradicted as soon as the price has gone on")
    func staleCopy() {
        #expect(judged(flat("100", "100", "100"), quote("98.5", minute: 3)).dispute == nil)
        let result = judged(flat("100", "100", "100"), quote("95", minute: 3))
        #expect(result.candles.isEmpty && result.mark == price("95") && result.dispute?.hasPrefix("the candles say 100") == true)
    }

    @Test("where the market moves much in a minute the price now may be as far again")
    func lively() {
        let candles = [bar(0, "100"), bar(1, "100", "100", "96", "96")]
        #expect(judged(candles, quote("90", minute: 2)).dispute == nil)
        #expect(judged(candles, quote("70", minute: 2)).dispute != nil)
    }

    @Test("a candle that stays contradicted is passed over after two minutes, those behind it are read then")
    func passedOver() {
        func read(_ count: Int) -> [Candle] {
            let candles = (0..<count).map { $0 == 1 ? bar(1, "100", "100", "1", "100") : bar($0, "100") }
            return judged(candles, quote("100", minute: count)).candles
        }
        #expect(read(4).map(\.openTime) == [start])
        #expect(read(5).count == 4 && read(5).allSatisfy { $0.low == price("100") })
    }

    @Test("a jump that lasted is acted on, one that came back is not")
    func jumps() {
        let fell = flat("100", "100", "50", "50", "50", "50", "50", "50", "50", "50")
        #expect(judged(fell, quote("50", minute: 10)).candles == fell)
        let back = flat("100", "50", "100", "100", "100", "100", "100", "100", "100", "100")
        let result = judged(back, quote("100", minute: 10))
        #expect(result.candles == back.filter { $0.close == price("100") } && result.mark == price("100"))
    }

    @Test(
        "a few minutes apart from those before and after them are passed over, however little that is for a market",
        arguments: [
            (["100", "81", "100"], ["100", "100"]), (["100", "120", "120", "120", "100"], ["100", "100"]), (["90", "100"], ["90", "100"]),
            (["100", "94", "88", "82"], ["100", "94", "88", "82"])
        ] as [([String], [String])])
    func island(_ closes: [String], _ read: [String]) {
        let candles = closes.enumerated().map { bar($0, $1) }, last = closes.last ?? ""
        let result = PriceJudge().judge(
            candles, .m1, known: nil, second: quote(last, minute: closes.count + 9), at: start + .minutes(closes.count + 9))
        #expect(result.candles.map(\.close) == read.map(price))
        #expect(judged(candles, quote(last, minute: closes.count), known: nil).dispute == nil || closes.count != read.count)
    }

    @Test("a stop behind an island is read at once if no price now guards it")
    func islandUnguarded() {
        #expect(judged(flat("100", "81", "100", "96"), .unread(why: "timeout")).candles.map(\.close) == ["100", "100", "96"].map(price))
    }

    @Test("what was contradicted a minute ago is not believed because the next minute is right", arguments: ["96", "98"])
    func remembered(_ wrong: String) {
        let candles = flat(wrong, "100.5"), now = quote("100.5", minute: 2)
        func judge(_ isDisputed: Bool) -> HeldPrice {
            PriceJudge().judge(candles, .m1, isDisputed: isDisputed, known: held, second: now, at: start + .minutes(2))
        }
        #expect(judge(false).dispute == nil && judge(false).candles == candles)
        #expect(judge(true).candles.isEmpty && judge(true).dispute?.contains("says \(wrong)") == true && judge(true).mark == price("100.5"))
    }

    @Test("candles that the venue put right are read, however they were disputed")
    func putRight() {
        let candles = [bar(0, "100", "100", "95", "99"), bar(1, "100")]
        #expect(
            PriceJudge().judge(candles, .m1, isDisputed: true, known: held, second: quote("100", minute: 2), at: start + .minutes(2)).candles
                == candles)
    }

    @Test("with no candle last price and book are what there is, and it is said")
    func noCandle() {
        let none = judged([], quote("95", minute: 0))
        #expect(none.candles.isEmpty && none.mark == price("95") && none.dispute == "no candle, the last price is 95")
        let old = PriceJudge().judge(flat("100"), .m1, known: held, second: quote("95", minute: 9), at: start + .minutes(9))
        #expect(old.candles.count == 1 && old.mark == price("95") && old.dispute?.hasPrefix("no candle since 2026-01-05T14:01") == true)
        #expect(
            PriceJudge().judge(flat("100"), .m1, reachesNow: false, known: held, second: quote("95", minute: 9), at: start + .minutes(9)).dispute
                == nil)
    }

    @Test(
        "last price and book that contradict each other: the one near what is known counts, and only where candles are not enough",
        arguments: [
            ("100", "1", "100", "100"), ("10000", "100", "100", "100"), ("100", "10000", "10000", "100"), ("1", "100", "1", "100")
        ])
    func apart(_ last: String, _ book: String, _ candle: String, _ mark: String) {
        let result = judged(flat(candle, candle), quote(last, book: book, minute: 2))
        #expect(result.mark == price(mark) && (result.dispute == nil) == (candle == "100"))
        #expect(result.candles.isEmpty == (candle != "100"))
    }

    @Test("a last price and a book that are both absurd sell nothing: candles that go on from what is known are believed")
    func absurdQuote() {
        let candles = flat("100", "99"), result = judged(candles, quote("1", minute: 2))
        #expect(result.candles == candles && result.mark == price("99") && result.spot == nil && result.dispute != nil)
        let lost = judged(flat("10000", "10000"), quote("1", minute: 2))
        #expect(lost.candles.isEmpty && lost.mark == nil && lost.spot == nil && lost.dispute != nil)
    }

    @Test(
        "what cannot be read confirms nothing: far candles wait, near ones are read",
        arguments: [
            SecondOpinion.unread(why: "timeout"), quote("100", minute: -10), quote("99", book: "103", minute: 2)
        ])
    func unread(_ second: SecondOpinion) {
        #expect(judged(flat("100", "96"), second).candles.count == 2)
        let far = judged(flat("100", "1"), second)
        #expect(far.candles.count == 1 && far.mark == nil && far.spot == nil && far.dispute != nil)
    }

    @Test("of what was not held yet the first candle is taken as it is, unless the price now speaks against it")
    func unknown() {
        #expect(judged(flat("5"), quote("5", minute: 1), known: nil).mark == price("5"))
        #expect(judged(flat("500"), quote("5", minute: 1), known: nil).mark == price("5"))
        #expect(
            PriceJudge().agrees(price("5"), quote("5.05", minute: 0), at: start)
                && !PriceJudge().agrees(price("500"), quote("5", minute: 0), at: start))
        #expect(PriceJudge().agrees(price("500"), .unread(why: ""), at: start) && PriceJudge().agrees(price("500"), .none, at: start))
    }
}
