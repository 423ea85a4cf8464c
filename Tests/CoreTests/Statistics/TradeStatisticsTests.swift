// Figures of finished trades: money to the last place, ratios by hand, and what a few or no trades cannot say.
import Testing

@testable import Kernel
@testable import Statistics

private func trade(_ profit: FixedDecimal, risk: FixedDecimal = "2", from hour: Int = 0, hours: Int = 1) -> TradeOutcome {
    TradeOutcome(openedAt: fourteen + .hours(hour), closedAt: fourteen + .hours(hour + hours), profit: profit, risk: risk)!
}

private func run(_ trades: [TradeOutcome], hours: Int = 10) -> RunStatistics {
    RunStatistics(ReturnSeries(), periodsPerYear: 365, trades: TradeHistory(trades, period: fourteen...(fourteen + .hours(hours))))
}

@Suite("Trade statistics")
struct TradeStatisticsTests {
    /// R: 2, -1, 0, 0.5, -1.5 and one without a planned risk.
    private static let six = [
        trade("4"), trade("-2", from: 1), trade("0", from: 2), trade("1", from: 2, hours: 3), trade("-3", from: 3, hours: 1),
        trade("0.000000000001", risk: .zero, from: 9, hours: 5)
    ]

    @Test(
        "six trades give the figures worked out by hand",
        arguments: [
            (.count, .value(6)), (.net, .exact("0.000000000001")), (.gains, .exact("5.000000000001")), (.losses, .exact("-5")),
            (.winRate, .value(0.6)),
            (.profitFactor, .value(1.0000000000002)), (.expectancy, .exact("0")), (.averageWin, .exact("1.666666666667")),
            (.averageLoss, .exact("-2.5")),
            (.payoff, .value(5.000000000001 / 3 / 2.5)), (.largestWin, .exact("4")), (.largestLoss, .exact("-3")), (.rMean, .value(0)),
            (.rMedian, .value(0)),
            (.rDeviation, .value(1.875.squareRoot())), (.rBest, .value(2)), (.rWorst, .value(-1.5)), (.averageDuration, .value(7_200_000)),
            (.exposure, .value(0.6)), (.winningStreak, .value(1)), (.losingStreak, .value(1))
        ] as [(TradeStatistic, Statistic)])
    func byHand(name: TradeStatistic, expected: Statistic) throws {
        let found = try #require(run(Self.six)[trade: name])
        if case .value(let number) = expected {
            #expect(found.double.map { ($0 - number).magnitude < 1e-14 * max(1, number.magnitude) } == true, "\(found)")
        } else {
            #expect(found == expected)
        }
    }

    @Test(
        "a figure that does not exist says why",
        arguments: [
            ([], .net, .noTrades), ([], .winRate, .noTrades), ([], .profitFactor, .noTrades), ([], .payoff, .noTrades), ([], .largestLoss, .noTrades),
            ([], .expectancy, .noTrades), ([], .averageWin, .noTrades), ([], .rMean, .noTrades), ([], .rDeviation, .noTrades),
            ([], .averageDuration, .noTrades), ([], .winningStreak, .noTrades),
            (["0"], .winRate, .onlyZeros), (["1"], .profitFactor, .noLoss), (["1"], .payoff, .noLoss), (["-1"], .payoff, .noWin),
            (["1"], .averageLoss, .noLoss),
            (["-1"], .averageWin, .noWin), (["-1"], .largestWin, .noWin), (["1"], .largestLoss, .noLoss), (["1"], .rDeviation, .fewerTrades(than: 2))
        ] as [([FixedDecimal], TradeStatistic, Absence)])
    func absent(profits: [FixedDecimal], name: TradeStatistic, why: Absence) {
        #expect(run(profits.map { trade($0) })[trade: name] == .absent(why))
    }

    @Test("trades without a planned risk have no R, and no time has no exposure")
    func noRisk() {
        #expect(
            run([trade("1", risk: .zero)])[trade: .rMean] == .absent(.noRisk) && run([trade("1")], hours: 0)[trade: .exposure] == .absent(.noTime))
        #expect(run([])[trade: .count] == .value(0) && run([])[trade: .exposure] == .value(0))
        #expect(run([trade("1"), trade("1")])[trade: .rDeviation] == .value(0))
    }

    @Test("an outcome that cannot be is refused")
    func refused() {
        #expect(TradeOutcome(openedAt: fourteen, closedAt: fourteen - .seconds(1), profit: "1", risk: "1") == nil)
        #expect(TradeOutcome(openedAt: fourteen, closedAt: fourteen, profit: "1", risk: "-1") == nil)
    }

    @Test("money adds up to the last place, where Double would lose it")
    func exactSums() {
        let trades = Array(repeating: trade("0.1"), count: 10) + [trade("90000000000000.000000000001")]
        #expect(run(trades)[trade: .net] == .exact("90000000000001.000000000001"))
    }

    @Test("overlapping trades count once, and what lies outside the run not at all")
    func overlaps() {
        let trades = [trade("1", from: -5, hours: 7), trade("1", from: 1, hours: 3), trade("1", from: 2, hours: 1), trade("1", from: 8, hours: 20)]
        #expect(run(trades)[trade: .exposure] == .value(0.6) && run(trades.reversed())[trade: .exposure] == .value(0.6))
    }

    @Test(
        "streaks end at a loss and at nothing",
        arguments: [
            ([1, 1, -1, 1], 2, 1), ([1, 1, 0, 1, 1, 1], 3, 0), ([-1, -1, 0, -1], 0, 2), ([], 0, 0), ([0, 0], 0, 0)
        ] as [([Int], Int, Int)])
    func streaks(signs: [Int], won: Int, lost: Int) {
        let streaks = Streaks(signs)
        #expect(streaks.winning == won && streaks.losing == lost)
    }

    @Test("R multiples fall into the bins between edges, an edge belonging to the bin it opens")
    func distribution() {
        let multiples = RMultiples(Self.six)
        #expect(multiples.histogram(edges: [-1, 0, 2]) == [1, 1, 2, 1] && multiples.histogram(edges: []) == [5])
        #expect(multiples.quantile(0.25) == .value(-1) && multiples.quantile(0.875) == .value(1.25))
    }

    @Test("over seeds: no figure but the streaks depends on the order of the trades", arguments: 0..<20 as Range<UInt64>)
    func order(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        let trades = (0..<50).map { _ in
            trade(
                FixedDecimal(raw: Int128(numbers.below(2_000_001) - 1_000_000) * 1_000_003), risk: FixedDecimal(numbers.below(4)),
                from: numbers.below(300), hours: numbers.below(20))
        }
        var shuffled = trades
        for index in shuffled.indices.dropFirst() { shuffled.swapAt(index, numbers.below(index + 1)) }
        let one = run(trades, hours: 300), other = run(shuffled, hours: 300)
        for name in TradeStatistic.allCases where ![.winningStreak, .losingStreak].contains(name) {
            #expect(other[trade: name] == one[trade: name], "\(name)")
        }
        #expect((0...1).contains(try #require(one[trade: .exposure]?.double)))
    }
}
