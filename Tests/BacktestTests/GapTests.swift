// Holes and leaps between candles are found, counted, and held beside the trades that were open there.
import Kernel
import Market
import Strategies
import Testing

@testable import Backtest

@Suite("Holes and leaps")
struct GapTests {
    private let flat = Row(10_000, 10_100, 9_900, 10_000), signal = Row(10_000, 10_000, 10_000, 10_000, 1)

    private func gaps(_ rows: [Row], skipping: Set<Int> = [], _ timeframe: Timeframe = .m1) throws -> (gaps: Gaps, result: BacktestResult) {
        let history = Markets.history(rows, timeframe: timeframe, skipping: skipping)
        let
            strategy = try Strategy.told {
                $0.fillPlainly(); $0.timeframe = timeframe
            }.bound(), result = Backtest(strategy, over: [history]).run()
        return (Gaps([history], result.trades), result)
    }

    @Test("candles that are missing are counted, and the longest hole is named")
    func holes() throws {
        let found = try gaps(Array(repeating: flat, count: 20), skipping: [3, 8, 9, 10, 15, 16]).gaps
        #expect(found.missing == 6 && found.holes == 3 && found.leaps == 0 && !found.isNone)
        #expect(found.longest == Gaps.Hole(instrument: 0, from: Timestamp(milliseconds: Markets.start + 8 * 60_000), candles: 3))
        #expect(try gaps(Array(repeating: flat, count: 20)).gaps.isNone)
    }

    @Test(
        "an open a tenth away from the close before is a leap, and a candle that reaches twice or half of it",
        arguments: [
            (Row(11_000, 11_000, 11_000, 11_000), nil), (Row(11_001, 11_001, 11_001, 11_001), 1.1001), (Row(8_900, 8_900, 8_900, 8_900), 0.89),
            (Row(10_000, 19_999, 10_000, 10_000), nil), (Row(10_000, 20_000, 10_000, 10_000), 2.0), (Row(10_000, 10_000, 5_000, 9_000), 0.5),
            (Row(10_000, 30_000, 5_000, 10_000), 3.0),
            (Row(10_000, 21_000, 1_000, 10_000), 0.1)
        ] as [(Row, Double?)])
    func leaps(_ odd: Row, _ factor: Double?) throws {
        let found = try gaps([flat, odd]).gaps
        #expect(found.leaps == (factor == nil ? 0 : 1) && found.holes == 0)
        #expect(factor.map { abs((found.largest?.factor ?? 0) - $0) < 1e-12 } ?? (found.largest == nil))
    }

    @Test("trades that were open there are counted with what they came to", arguments: [(0, 1), (1, 1), (2, 0)])
    func trades(_ first: Int, _ expected: Int) throws {
        // The signal stands `first` candles from the beginning, the price is ten times as high at candle 3: where the trade is open by
        // then, or bought there, its money is that leap's; one bought behind it is not.
        var rows = [
            flat, flat, flat, Row(100_000, 100_000, 100_000, 100_000), Row(100_000, 100_000, 100_000, 100_000),
            Row(100_000, 100_000, 100_000, 100_000)
        ]
        let place = [0, 2, 3][first]
        rows[place] = Row(rows[place].open, rows[place].high, rows[place].low, rows[place].close, 1)
        let (found, result) = try gaps(rows)
        #expect(result.trades.count == 1 && found.leaps == 1 && found.trades == expected)
        #expect(found.profit == (expected == 1 ? result.trades[0].profit : .zero))
    }

    @Test("a market that closes at weekends has no hole there", arguments: [true, false])
    func weekends(_ closes: Bool) throws {
        // Markets.start is a Monday: hours of three weeks, without those from Friday 22:00 to Sunday 22:00.
        let shut = Set((0..<504).filter { closes ? (118..<166).contains($0 % 168) : (118..<166).contains($0) })
        let found = try gaps(Array(repeating: flat, count: 504), skipping: shut.union([30]), .h1).gaps
        #expect(found.holes == (closes ? 1 : 2) && found.missing == (closes ? 1 : 49))
    }
}
