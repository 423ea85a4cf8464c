// Axes and thinning: round numbers where a person expects them, and no peak lost.
import Kernel
import Testing

@testable import Pages

@Suite("Charts")
struct ChartTests {
    @Test(
        "an axis is read by round numbers",
        arguments: [
            ([0, 95], .infinity, "0 20 40 60 80 100"), ([9_400, 10_700], .infinity, "9,000 9,500 10,000 10,500 11,000"),
            ([-37, 0], .infinity, "−40 −30 −20 −10 0"), ([0.0051, 0.0079], .infinity, "0.005 0.006 0.007 0.008"),
            ([5, 5], .infinity, "4.94 4.96 4.98 5.00 5.02 5.04 5.06"),
            ([6_000, 250_000], 6, "10,000 20,000 50,000 100,000 200,000"), ([0.004, 0.7], 6, "0.005 0.01 0.02 0.05 0.1 0.2 0.5"),
            ([1, 5_000], 6, "1 10 100 1,000"),
            ([0, 0], .infinity, "−1.0 −0.5 0.0 0.5 1.0"), ([], .infinity, "0.0 0.2 0.4 0.6 0.8 1.0")
        ] as [([Double], Double, String)])
    func values(_ values: [Double], _ ratio: Double, _ texts: String) {
        let scale = ValueScale(values, ratio: ratio)
        #expect(scale.ticks.map(\.text).joined(separator: " ") == texts)
        #expect(scale.share(scale.low) == 0 && scale.share(scale.high) == 1 && scale.share(.nan) == 0 && scale.share(scale.high * 3 + 1) == 1)
    }

    @Test(
        "a span is read by round moments",
        arguments: [
            ("2024-01-01", "2024-01-02", "1 Jan,06:00,12:00,18:00,2 Jan"), ("2024-01-30", "2024-02-04", "30 Jan,31 Jan,1 Feb,2 Feb,3 Feb,4 Feb"),
            ("2023-11-15", "2024-03-15", "Dec 2023,Jan 2024,Feb 2024,Mar 2024"),
            ("2021-01-01", "2024-01-01", "Jul 2021,Jan 2022,Jul 2022,Jan 2023,Jul 2023,Jan 2024"),
            ("2010-06-01", "2024-06-01", "2015,2020"), ("2024-01-01", "2024-01-01", "1 Jan")
        ])
    func moments(_ from: String, _ to: String, _ texts: String) throws {
        let scale = TimeScale(span: try #require(Timestamp(iso8601: from)).milliseconds...(try #require(Timestamp(iso8601: to)).milliseconds))
        #expect(scale.ticks.map(\.text).joined(separator: ",") == texts)
    }

    @Test("thinning keeps the ends, the highest and the lowest, within its limit and in order", arguments: 0..<200 as Range<UInt64>)
    func thinning(_ seed: UInt64) {
        var chance = SplitMix64(seed: seed)
        let values = (0..<(1 + chance.below(900))).map { _ in Double(chance.below(1_000)) }, limit = 4 + chance.below(200)
        let kept = Thinning.indexes(values, limit: limit)
        #expect(kept.count <= max(limit, 4) && kept.first == 0 && kept.last == values.count - 1 && zip(kept, kept.dropFirst()).allSatisfy { $0 < $1 })
        #expect(kept.map { values[$0] }.max() == values.max() && kept.map { values[$0] }.min() == values.min())
        #expect(values.count > limit || kept.count == values.count)
    }
}
