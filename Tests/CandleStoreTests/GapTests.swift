// What is missing, month by month: across the turn of months and years, in leap years, and where a coarser file
// stands in.
import Kernel
import Market
import Testing

@testable import CandleStore

@Suite("Candle store: gaps")
struct GapTests {
    @Test(
        "months have the days a calendar gives them",
        arguments: [("2024-02", 29), ("2023-02", 28), ("2100-02", 28), ("2000-02", 29), ("2024-12", 31), ("2024-04", 30)])
    func calendar(text: String, days: Int) throws {
        let month = try #require(Month(text))
        #expect(month.slots(.d1) == days && month.slots(.m1) == days * 1_440)
        #expect(month.end == month.next?.start && "\(month)" == text)
        #expect(Month(of: month.start) == month && Month(of: month.end - TimeSpan(milliseconds: 1)) == month)
    }

    @Test("what is no month is refused", arguments: ["2024-13", "2024-00", "2024-1", "24-01", "2024-01-01", "1969-12", "2024", "", "2024-+1"])
    func noMonth(text: String) { #expect(Month(text) == nil) }

    @Test("a gap across the turn of a year is told in both months, and a month without a file is one gap")
    func acrossMonths() throws {
        let bench = StoreBench(), writer = try bench.writer()
        // From 30 December 2023 on, to the 2nd of March of a leap year; January is not there at all.
        let start = Timestamp("2023-12-30T00:00:00Z")
        let candles = made(.h1, 24 * 63, from: start, gaps: Set(40..<(33 * 24)).union([1_400]))
        for month in Month.all(from: Month("2023-12")!, through: Month("2024-03")!) {
            let part = candles.filter { month.start <= $0.openTime && $0.openTime < month.end }
            if !part.isEmpty { _ = try writer.commit(part, of: btc, .h1, in: month) }
        }
        let gaps = try bench.reader().gaps(of: btc)
        #expect(gaps.map { "\($0.month)" } == ["2023-12", "2024-01", "2024-02", "2024-03"])
        #expect(gaps.map(\.expected) == [48, 744, 696, 24])
        #expect(gaps.map(\.missing) == [8, 744, 1, 0])
        #expect(gaps[1].gaps == [Gap(from: january.start, to: january.end, candles: 744, kind: .missing)])
        #expect(gaps[2].gaps.map(\.from) == [start + .hours(1_400)])
    }

    @Test("a gap that a coarser file fills says so and is still missing")
    func filled() throws {
        let bench = StoreBench(), writer = try bench.writer()
        _ = try writer.commit(made(.m1, 600, from: january.start, gaps: Set(70..<200)), of: btc, .m1, in: january)
        _ = try writer.commit(Array(made(.h1, 2, from: january.start)), of: btc, .h1, in: january)
        let gaps = try #require(try bench.reader().gaps(of: btc).first)
        #expect(gaps.missing == 130 && gaps.expected == 600)
        #expect(
            gaps.gaps == [
                Gap(from: january.start + .minutes(70), to: january.start + .minutes(120), candles: 50, kind: .filled(by: .h1)),
                Gap(from: january.start + .minutes(120), to: january.start + .minutes(200), candles: 80, kind: .missing)
            ])
        #expect(try bench.reader().repairs() == [RepairItem(symbol: btc, timeframe: .m1, month: january, spans: gaps.gaps.map { $0.from..<$0.to })])
    }

    @Test("a whole history has no gaps")
    func whole() throws {
        let bench = StoreBench(), february = Month("2024-02")!
        _ = try bench.writer().commit(made(.m5, february.slots(.m5), from: february.start), of: btc, .m5, in: february)
        #expect(try bench.reader().gaps(of: btc).allSatisfy { $0.gaps.isEmpty && $0.expected == 8_352 && $0.missing == 0 })
        #expect(try bench.reader().repairs().isEmpty)
    }
}
