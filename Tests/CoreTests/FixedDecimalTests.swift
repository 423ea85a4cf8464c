// Exactness is the promise: text in, the same text out; rounding only where it is named.
import Glibc
import Kernel
import Testing

@Suite("FixedDecimal")
struct FixedDecimalTests {
    @Test(
        "text survives a round trip",
        arguments: [
            ("0", "0"), ("-0", "0"), ("1", "1"), ("1.50", "1.5"), ("0.000000000001", "0.000000000001"),
            ("-12.3400", "-12.34"), ("8.2e-1", "0.82"), ("1E3", "1000"), ("1.0000000000000000", "1"),
            ("123456789012345678901234", "123456789012345678901234")
        ])
    func roundTrip(_ text: String, _ expected: String) throws {
        #expect(try #require(FixedDecimal(text)).description == expected)
    }

    @Test(
        "what cannot be held exactly is refused",
        arguments: [
            "", " ", "1 ", "+1", ".5", "5.", "1e", "--1", "NaN", "inf", "0x1", "1_000", "1,5", "٣",
            "0.0000000000001", "1e24", "1e400", "1e-13", String(repeating: "1", count: 65)
        ])
    func refused(_ text: String) { #expect(FixedDecimal(text) == nil) }

    @Test(
        "each rounding goes where its name says",
        arguments: [
            ("2.5", [2, 3, 2, 2]), ("3.5", [3, 4, 3, 4]), ("-2.5", [-3, -2, -2, -2]), ("-3.5", [-4, -3, -3, -4]),
            ("2.51", [2, 3, 2, 3]), ("-2.51", [-3, -2, -2, -3]), ("2", [2, 2, 2, 2])
        ])
    func roundings(_ text: String, _ expected: [Int]) throws {
        let value = try #require(FixedDecimal(text))
        let got = [Rounding.down, .up, .towardZero, .nearest].map { value.rounded(toMultipleOf: .one, $0) }
        #expect(got == expected.map { FixedDecimal($0) })
    }

    @Test("a product keeps all its digits until it is rounded once")
    func fullWidth() throws {
        let a: FixedDecimal = "123456789.123456789123", b: FixedDecimal = "987654321.987654321987"
        #expect(a.times(b, rounding: .down).description == "121932631356500531.590536501581")
        #expect(a.times(b, rounding: .up).description == "121932631356500531.590536501582")
        #expect((-a).times(b, rounding: .down).description == "-121932631356500531.590536501582")
        #expect(a.times(b, rounding: .down).checkedDivided(by: .zero, rounding: .down) == nil)
        #expect(FixedDecimal("1e20").checkedTimes("10000000000", rounding: .down) == nil)
    }

    @Test("over seeds: (a × b) ÷ b gives a back to within one ulp")
    func inverse() {
        var chance = SplitMix64(seed: 1)
        for _ in 0..<2_000 {
            let a = FixedDecimal(raw: Int128(Int64(bitPattern: chance.next())) * 97)
            let b = FixedDecimal(raw: Int128(chance.next() % 900_000_000_000_000) + FixedDecimal.scale)
            let back = a.times(b, rounding: .nearest).divided(by: b, rounding: .nearest)
            #expect((back - a).magnitude <= .ulp)
        }
    }

    @Test("over seeds: the Double is the one nearest to the text, whatever its size and sign")
    func nearestDouble() {
        var chance = SplitMix64(seed: 7)
        func next() -> UInt64 { chance.next() >> 1 }
        for round in 0..<20_000 {
            let bits = Int128(next()) << 63 | Int128(next())
            // All sizes, and what prices look like: few decimals.
            let raw = (bits >> Int128(next() % 127)) / (round % 3 == 0 ? 10_000 : 1) * (round % 3 == 0 ? 10_000 : 1)
            let value = FixedDecimal(raw: round % 2 == 0 ? raw : -raw)
            guard value.double == strtod(value.description, nil) else {
                Issue.record("\(value) became \(value.double)")
                return
            }
        }
    }

    @Test(
        "a value halfway between two Doubles becomes the even one",
        arguments: [
            ("9007199254740993", 9_007_199_254_740_992), ("9007199254740995", 9_007_199_254_740_996),
            ("-9007199254740993.000000000001", -9_007_199_254_740_994),
            ("4503599627370497.5", 4_503_599_627_370_498), ("4503599627370497.500000000001", 4_503_599_627_370_498), ("0", 0)
        ])
    func halfway(_ text: String, _ expected: Double) throws { #expect(try #require(FixedDecimal(text)).double == expected) }

    @Test(
        "a JSON number becomes a decimal by its shortest text",
        arguments: [
            (0.1, "0.1"), (1e-8, "0.00000001"), (63254.12, "63254.12"), (1e21, "1000000000000000000000"), (1.0 / 3, "0.333333333333")
        ])
    func shortest(_ value: Double, _ text: String) { #expect(FixedDecimal(shortest: value)?.description == text) }
}

@Suite("Timestamp")
struct TimestampTests {
    @Test(
        "ISO 8601 in and out",
        arguments: [
            ("2026-01-05T14:00:00Z", 1_767_621_600_000), ("1970-01-01", 0), ("2024-02-29T23:59:59.250Z", 1_709_251_199_250),
            ("2026-01-05T16:00:00+02:00", 1_767_621_600_000), ("1969-12-31T23:59:59Z", -1_000)
        ] as [(String, Int64)])
    func iso(_ text: String, _ milliseconds: Int64) throws {
        let moment = try #require(Timestamp(iso8601: text))
        #expect(moment.milliseconds == milliseconds)
        #expect(Timestamp(iso8601: moment.iso8601) == moment)
    }

    @Test("no such day, no such time", arguments: ["2023-02-29", "2026-13-01", "2026-01-05T24:00:00Z", "2026-01-05T10", "yesterday", ""])
    func refused(_ text: String) { #expect(Timestamp(iso8601: text) == nil) }

    @Test("a leap second reads as the 59th (F059)")
    func F059_leapSecond() {
        #expect(Timestamp(iso8601: "2016-12-31T23:59:60Z")?.iso8601 == "2016-12-31T23:59:59Z")
    }

    @Test("flooring goes towards the past, also before 1970")
    func floors() {
        #expect(Timestamp(milliseconds: -1).floored(to: .hours(1)).milliseconds == -3_600_000)
        #expect(Timestamp(milliseconds: 3_600_001).floored(to: .hours(1)).milliseconds == 3_600_000)
    }
}
