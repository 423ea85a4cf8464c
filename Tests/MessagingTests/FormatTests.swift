// How a number, a time and a small graph look to a person; each line here is a line somebody reads.
import Kernel
import Messaging
import Testing

@Suite("Format: numbers")
struct NumberFormatTests {
    @Test(
        "amounts have thousands apart, two places and a real minus sign",
        arguments: [
            ("1012.4", "1,012.40", "+1,012.40"), ("0", "0.00", "0.00"), ("-0.004", "0.00", "0.00"), ("-0.006", "−0.01", "−0.01"),
            ("999.999", "1,000.00", "+1,000.00"), ("-1234567.891", "−1,234,567.89", "−1,234,567.89"), ("74.895", "74.90", "+74.90"),
            ("100", "100.00", "+100.00"), ("123456789012345678901234", "123,456,789,012,345,678,901,234.00", "+123,456,789,012,345,678,901,234.00")
        ])
    func amounts(_ text: String, _ plain: String, _ signed: String) throws {
        let value = try #require(FixedDecimal(text))
        #expect(Format.amount(value) == plain)
        #expect(Format.amount(value, signed: true) == signed)
    }

    @Test(
        "money names its currency, and drops only .00 where asked",
        arguments: [
            ("1012.4", "1,012.40 USDT", "1,012.40 USDT"), ("75", "75.00 USDT", "75 USDT"), ("74.999", "75.00 USDT", "75 USDT")
        ])
    func money(_ text: String, _ full: String, _ trimmed: String) throws {
        let money = Money(try #require(FixedDecimal(text)), .usdt)
        #expect(Format.money(money) == full)
        #expect(Format.money(money, trimmed: true) == trimmed)
    }

    @Test(
        "a change wears its sign, a share does not",
        arguments: [
            ("0.0031", 2, "+0.31 %", "0.31 %"), ("-0.004", 1, "−0.4 %", "−0.4 %"), ("0.71", 0, "+71 %", "71 %"),
            ("0.00004", 2, "0.00 %", "0.00 %"), ("-0.00004", 2, "0.00 %", "0.00 %"), ("12.5", 0, "+1,250 %", "1,250 %")
        ])
    func percents(_ text: String, _ places: Int, _ change: String, _ share: String) throws {
        let ratio = Ratio(try #require(FixedDecimal(text)))
        #expect(Format.change(ratio, places: places) == change)
        #expect(Format.percent(ratio, places: places) == share)
    }

    @Test(
        "trimmed percents keep only digits that say something",
        arguments: [
            ("0.03", "3 %"), ("0.019", "1.9 %"), ("-0.03", "−3 %"), ("0.0025", "0.25 %"), ("0", "0 %")
        ])
    func trimmed(_ text: String, _ expected: String) throws {
        #expect(Format.percent(Ratio(try #require(FixedDecimal(text))), trimmed: true) == expected)
    }

    @Test("a share too large to count is said in words, not trapped on")
    func enormous() { #expect(Format.percent(Ratio(FixedDecimal(raw: .max))) == "beyond measure") }

    @Test(
        "prices have as many places as their tick",
        arguments: [
            ("14.2", "0.001", "14.200"), ("63254.1", "0.01", "63,254.10"), ("0.00001234", "0.00000001", "0.00001234"),
            ("63254.5", "0.5", "63,254.5"), ("63250", "10", "63,250"), ("14.21249", "0.001", "14.212")
        ])
    func prices(_ text: String, _ tick: String, _ expected: String) throws {
        let price = try #require(Price(text)), step = try #require(FixedDecimal(tick))
        #expect(Format.price(price, tick: step) == expected)
    }

    @Test("quantities are exact", arguments: [("5.270", "5.27"), ("1200000", "1,200,000"), ("0.00000001", "0.00000001"), ("1234.5678", "1,234.5678")])
    func quantities(_ text: String, _ expected: String) throws { #expect(Format.quantity(try #require(Quantity(text))) == expected) }
}

@Suite("Format: graphs")
struct GraphFormatTests {
    @Test(
        "sparklines",
        arguments: [
            ([], ""), ([5], "▁"), ([5, 5, 5], "▁▁▁"), ([1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█"), ([1, -1], "█▁"),
            ([1, .nan, 2, .infinity], "▁█"), ([-.greatestFiniteMagnitude, .greatestFiniteMagnitude], "▁█")
        ] as [([Double], String)])
    func sparkline(_ values: [Double], _ expected: String) { #expect(Format.sparkline(values) == expected) }

    @Test("a long series is averaged into the width", arguments: [1, 7, 24, 60])
    func width(_ width: Int) {
        let line = Format.sparkline((0..<1_000).map(Double.init), width: width)
        #expect(line.count == width)
        #expect(line == String(line.sorted()))
        #expect(Format.sparkline([1, 3, 10, 20, 5, 5], width: 3) == "▁█▂")
    }

    @Test(
        "told by the last of each step, a curve ends where it ended, and its heights are those of all values",
        arguments: [
            ([], 3, ""), ([5, 5, 5, 5], 2, "▁▁"), ([1, 9, 2, 8, 0, 7], 3, "██▇"), ([0, 70, 10, 10], 2, "█▂"), ([0, 10, 70, 40], 1, "▅"),
            ([1, 2, 3, 4, 5, 6, 7, 8], 40, "▁▂▃▄▅▆▇█"), ([1, .infinity, 2, 0, .nan, 3], 2, "▆█"), ([1, 2], 0, "")
        ] as [([Double], Int, String)])
    func lastOfStep(_ values: [Double], _ width: Int, _ expected: String) {
        #expect(Format.sparkline(values, width: width, step: .last) == expected)
    }

    @Test(
        "progress is never full before the end and never empty after the start",
        arguments: [
            (14, 24, "███████░░░░░"), (0, 24, "░░░░░░░░░░░░"), (1, 1_000, "█░░░░░░░░░░░"), (999, 1_000, "███████████░"),
            (24, 24, "████████████"), (30, 24, "████████████"), (0, 0, "████████████"), (-3, 24, "░░░░░░░░░░░░")
        ])
    func progress(_ done: Int, _ total: Int, _ expected: String) { #expect(Format.progress(done, of: total) == expected) }
}

@Suite("Format: moments")
struct MomentFormatTests {
    private static let now = Timestamp(milliseconds: 1_767_621_600_000)  // 2026-01-05T14:00:00Z

    @Test(
        "since: a day, a day of another year, or a clock time of today",
        arguments: [
            ("2026-01-05T09:30:00Z", "since 09:30", "09:30"), ("2026-01-04T23:59:00Z", "since 4 Jan", "4 Jan 23:59"),
            ("2025-12-31T00:00:00Z", "since 31 Dec 2025", "31 Dec 2025 00:00")
        ])
    func since(_ start: String, _ since: String, _ moment: String) throws {
        let start = try #require(Timestamp(iso8601: start))
        #expect(Format.since(start, now: Self.now, in: .utc) == since)
        #expect(Format.moment(start, now: Self.now, in: .utc) == moment)
    }

    @Test("the day is the report zone's day")
    func zoneDay() throws {
        let tokyo = try #require(DisplayZone(offset: "+09:00"))
        let evening = try #require(Timestamp(iso8601: "2026-01-04T16:00:00Z"))
        #expect(Format.since(evening, now: Self.now, in: tokyo) == "since 01:00")
        #expect(Format.clockAndZone(evening, in: tokyo) == "01:00 UTC+9")
    }

    @Test(
        "spans keep their two largest parts",
        arguments: [
            (0, "0 s"), (45_000, "45 s"), (-500, "0 s"), (-45_000, "−45 s"), (719_000, "11 min"), (12_000_000, "3 h 20 min"),
            (7_200_000, "2 h"), (187_200_000, "2 d 4 h"), (.max, "106751991167 d 7 h"), (.min, "−106751991167 d 7 h")
        ] as [(Int64, String)])
    func spans(_ milliseconds: Int64, _ expected: String) {
        #expect(Format.span(TimeSpan(milliseconds: milliseconds)) == expected)
    }
}
