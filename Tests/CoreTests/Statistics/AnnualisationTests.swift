// How many periods a year has, from nothing but dates; and the normal distribution the verdicts lean on.
import Testing

@testable import Kernel
@testable import Statistics

@Suite("Annualisation")
struct AnnualisationTests {
    private static let monday = Timestamp(year: 2024, month: 1, day: 1)!

    private func steps(_ step: TimeSpan, _ count: Int, where keep: (Int) -> Bool = { _ in true }) -> [Timestamp] {
        (0..<count).filter(keep).map { Self.monday + step * $0 }
    }

    @Test(
        "equal steps around the clock fill a year of 365 days",
        arguments: [
            (TimeSpan.days(1), 365), (.hours(12), 730), (.hours(1), 8_760), (.minutes(5), 105_120), (.minutes(1), 525_600)
        ] as [(TimeSpan, Double)])
    func aroundTheClock(step: TimeSpan, expected: Double) {
        #expect(Annualisation.periodsPerYear(steps(step, 12_000)) == expected)
        #expect(Annualisation.periodsPerYear(steps(step, 2)) == expected)
    }

    @Test("days without weekends are 252, and one row on a weekend makes them 365")
    func weekdays() {
        let days = steps(.days(1), 60) { $0 % 7 < 5 }
        #expect(Annualisation.periodsPerYear(days) == 252)
        #expect(Annualisation.periodsPerYear((days + [Self.monday + .days(5)]).sorted()) == 365)
        #expect(Annualisation.periodsPerYear(Array(days.prefix(5))) == 365, "no weekend has passed yet")
        #expect(Annualisation.periodsPerYear(days.filter { $0 != Self.monday + .days(21) }) == 252, "a holiday changes nothing")
    }

    @Test("seven hours on each weekday are 252 times seven")
    func sessions() {
        let hours = steps(.hours(1), 24 * 30) { $0 / 24 % 7 < 5 && (14...20).contains($0 % 24) }
        #expect(Annualisation.periodsPerYear(hours) == 1_764)
    }

    @Test(
        "longer steps are weeks, months, quarters and years",
        arguments: [(7, 52), (30, 12), (31, 12), (91, 4), (92, 4), (365, 1), (366, 1), (1_000, 1)] as [(Int, Double)])
    func longer(days: Int, expected: Double) {
        #expect(Annualisation.periodsPerYear(steps(.days(days), 9)) == expected)
    }

    @Test("a gap does not change the step, and one date tells nothing")
    func gaps() {
        #expect(Annualisation.periodsPerYear(steps(.hours(1), 1_000) { !(300...600).contains($0) }) == 8_760)
        #expect(Annualisation.periodsPerYear([Self.monday]) == nil && Annualisation.periodsPerYear([]) == nil)
    }
}

@Suite("Normal distribution")
struct NormalDistributionTests {
    @Test(
        "known shares lie below known numbers",
        arguments: [
            (0.0, 0.5), (1.0, 0.8413447460685429), (-1.0, 0.15865525393145707), (NormalQuantile.z95, 0.95), (NormalQuantile.z975, 0.975),
            (NormalQuantile.z80, 0.8), (-6.0, 9.865876450376946e-10), (-37.0, 5.725571222524576e-300)
        ])
    func known(x: Double, share: Double) {
        #expect((NormalDistribution.cumulative(x) / share - 1).magnitude < 1e-13)
        #expect((NormalDistribution.quantile(share) - x).magnitude < 1e-13 * max(1, x.magnitude))
    }

    @Test("a quantile is where the cumulative share says, in both tails, over seeds", arguments: 0..<50 as Range<UInt64>)
    func inverse(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        let share = numbers.spread(1e-300, 0.5), x = NormalDistribution.quantile(share)
        #expect((NormalDistribution.cumulative(x) / share - 1).magnitude < 1e-11)
        let upper = 1 - numbers.spread(1e-12, 0.5)
        #expect(NormalDistribution.quantile(upper) == -NormalDistribution.quantile(1 - upper))
    }

    @Test("nothing lies below minus infinity and everything below infinity")
    func ends() { #expect(NormalDistribution.quantile(0) == -.infinity && NormalDistribution.quantile(1) == .infinity) }
}
