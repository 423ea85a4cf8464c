// The universe keeps what the rules keep, says why it refuses, and never takes silence for a yes.
import Kernel
import Market
import Testing

@Suite("Universe")
struct UniverseTests {
    static let now = Timestamp(milliseconds: 1_767_614_400_000)

    static func candidate(
        _ symbol: String, cap: FixedDecimal? = "200000000", volume: FixedDecimal? = "9000000",
        bid: String? = "100", ask: String? = "100.1", days: Int? = 400
    ) -> UniverseCandidate {
        let symbol = Symbol(symbol)!
        let ticker = Ticker(
            symbol: symbol, time: now, last: Price("100")!, bid: bid.flatMap { Price($0) },
            ask: ask.flatMap { Price($0) }, quoteVolume: volume)
        return UniverseCandidate(
            instrument: Instrument(symbol: symbol, tickSize: "0.01", lotStep: "0.001", minNotional: "5")!,
            ticker: ticker, marketCap: cap, listedSince: days.map { now - .days($0) })
    }
    func draw(_ candidates: [UniverseCandidate], _ change: (inout UniverseRules) -> Void = { _ in }) -> Universe {
        var rules = UniverseRules(quote: .usdt)
        change(&rules)
        return Universe(candidates, rules: rules, at: Self.now)
    }

    @Test("each limit keeps its own value and refuses the next one")
    func limits() throws {
        let cases: [(UniverseCandidate, UniverseFilter?)] = [
            (Self.candidate("A/USDT", cap: "100000000"), nil),
            (Self.candidate("A/USDT", cap: "99999999.99"), .marketCap),
            (Self.candidate("A/USDT", volume: "5000000"), nil),
            (Self.candidate("A/USDT", volume: "4999999.99"), .quoteVolume),
            (Self.candidate("A/USDT", bid: "99.9", ask: "100.1"), nil),
            (Self.candidate("A/USDT", bid: "99.9", ask: "100.11"), .spread),
            (Self.candidate("A/USDT", days: 30), nil),
            (Self.candidate("A/USDT", days: 29), .listingAge),
            (Self.candidate("A/EUR"), .quote),
            (Self.candidate("USDC/USDT"), .stablecoin),
            (Self.candidate("BTC3L/USDT"), .leveragedToken)
        ]
        for (candidate, expected) in cases {
            let verdict = try #require(draw([candidate]).verdicts.first)
            #expect(verdict.exclusions.map(\.filter) == (expected.map { [$0] } ?? []))
            #expect(verdict.exclusions.allSatisfy { !$0.unknown })
        }
    }

    @Test("an exclusion carries its number and its limit")
    func numbers() throws {
        let verdict = try #require(draw([Self.candidate("A/USDT", cap: "5", bid: "99", ask: "101", days: 3)]).verdicts.first)
        #expect(
            verdict.exclusions == [
                Exclusion(filter: .marketCap, measured: "5", limit: "100000000", unknown: false),
                Exclusion(filter: .spread, measured: "0.02", limit: "0.002", unknown: false),
                Exclusion(filter: .listingAge, measured: "3", limit: "30", unknown: false)
            ])
    }

    @Test("no data is unknown and keeps out, unless the setting lets that filter pass")
    func unknown() throws {
        let blank = Self.candidate("A/USDT", cap: nil, volume: nil, bid: nil, days: nil)
        let strict = draw([blank])
        #expect(strict.kept.isEmpty)
        #expect(strict.verdicts.first?.exclusions.map(\.filter) == [.marketCap, .quoteVolume, .spread, .listingAge])
        #expect(strict.verdicts.first?.exclusions.allSatisfy(\.unknown) == true)
        #expect(strict.funnel.first { $0.filter == .marketCap }?.unknown == 1)
        let lenient = draw([blank]) { $0.passWhereUnknown = [.marketCap, .quoteVolume, .spread, .listingAge] }
        #expect(lenient.kept.map(\.description) == ["A/USDT"])
        #expect(lenient.verdicts.first?.unknownButAllowed == [.marketCap, .quoteVolume, .spread, .listingAge])
        let crossed = draw([Self.candidate("A/USDT", bid: "101", ask: "100")])
        #expect(crossed.verdicts.first?.exclusions.first?.unknown == true)
    }

    @Test("a setting that lets the unknown pass does not let the known failure pass")
    func knownFailure() {
        #expect(draw([Self.candidate("A/USDT", cap: "1")]) { $0.passWhereUnknown = UniverseFilter.allCases }.kept.isEmpty)
    }

    @Test(
        "leveraged tokens are told from names that merely end alike",
        arguments: [
            ("BTCUP", true), ("BTCDOWN", true), ("ETHBULL", true), ("ETHBEAR", true), ("BULL", true), ("ADA5S", true), ("SOL3L", true),
            ("JUP", false), ("SYRUP", false), ("UP", false), ("L3", false), ("SOL", false), ("1INCH", false), ("3L", false)
        ])
    func leveraged(_ base: String, _ expected: Bool) throws {
        let universe = draw([Self.candidate(base + "/USDT"), Self.candidate("BTC/USDT")])
        let verdict = try #require(universe.verdicts.first { $0.symbol.base.code == base })
        #expect(verdict.exclusions.contains { $0.filter == .leveragedToken } == expected)
    }

    @Test("the funnel's steps add up and the order of input does not matter")
    func funnel() {
        let all = [
            Self.candidate("C/USDT"), Self.candidate("B/USDT", cap: "1"), Self.candidate("A/USDT", cap: nil),
            Self.candidate("USDC/USDT", cap: "1"), Self.candidate("D/EUR"), Self.candidate("C/USDT", cap: "1")
        ]
        let universe = draw(all)
        #expect(universe.kept.map(\.description) == ["C/USDT"])
        #expect(universe.verdicts.map(\.symbol.description) == ["A/USDT", "B/USDT", "C/USDT", "D/EUR", "USDC/USDT"])
        #expect(universe.funnel.map(\.left) == [4, 3, 3, 1, 1, 1, 1])
        #expect(universe.funnel.first?.entered == 5)
        #expect(universe.funnel.first { $0.filter == .marketCap } == universe.funnel[3])
        #expect((universe.funnel[3].failed, universe.funnel[3].unknown) == (1, 1))
        #expect(draw(all.dropLast().reversed()) == universe)
    }

    @Test("more stablecoins can be named")
    func moreStablecoins() {
        #expect(draw([Self.candidate("NEWUSD/USDT")]) { $0.moreStablecoins = [Currency("NEWUSD")!] }.kept.isEmpty)
    }
}
