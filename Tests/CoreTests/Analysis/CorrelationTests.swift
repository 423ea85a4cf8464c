// Two bets that move alike are found, also across gaps.
import Kernel
import Testing

@testable import Analysis
@testable import Market

@Suite("Correlation of hourly returns")
struct CorrelationTests {
    @Test("a market correlates 1 with itself and -1 with its inverse")
    func extremes() throws {
        let a = walk(seed: 5, count: 250)
        let inverse = candles(closes: a.map { 10_000 / $0.close.double })
        #expect(try #require(Correlation.hourlyReturns(CandleColumns(a), CandleColumns(a))) > 0.999999)
        #expect(try #require(Correlation.hourlyReturns(CandleColumns(a), CandleColumns(inverse))) < -0.99)
    }

    @Test("over seeds: independent walks stay far below the limit of 0.9")
    func independent() throws {
        for seed in 1...20 {
            let a = CandleColumns(walk(seed: UInt64(seed), count: 250)), b = CandleColumns(walk(seed: UInt64(seed + 100), count: 250))
            let r = try #require(Correlation.hourlyReturns(a, b))
            #expect(r.magnitude < 0.35)
            #expect(Correlation.hourlyReturns(b, a) == r)
        }
    }

    @Test("gaps on one side do not misalign the other")
    func gaps() throws {
        let a = walk(seed: 9, count: 250)
        let holed = a.enumerated().filter { $0.offset % 11 != 3 }.map(\.element)
        #expect(try #require(Correlation.hourlyReturns(CandleColumns(a), CandleColumns(holed))) > 0.999999)
    }

    @Test("fewer than 30 shared returns are no evidence", arguments: [(30, false), (31, true)])
    func overlap(_ count: Int, _ known: Bool) {
        let a = walk(seed: 1, count: count)
        #expect((Correlation.hourlyReturns(CandleColumns(a), CandleColumns(a)) != nil) == known)
        let later = walk(seed: 1, count: 900).suffix(100)
        #expect(Correlation.hourlyReturns(CandleColumns(a), CandleColumns(later)) == nil)
    }

    @Test("a market that does not move correlates with nothing")
    func flat() {
        let flat = CandleColumns(candles(closes: [Double](repeating: 5, count: 100)))
        #expect(Correlation.hourlyReturns(flat, CandleColumns(walk(seed: 1, count: 100))) == nil)
    }
}
