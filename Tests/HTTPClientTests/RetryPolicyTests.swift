// Waiting between tries: jitter inside its ceiling, Retry-After obeyed, the deadline never crossed.
import Kernel
import Ports
import Testing

@Suite("RetryPolicy")
struct RetryPolicyTests {
    private let policy = RetryPolicy(maximumTries: 5, base: TimeSpan(milliseconds: 500), cap: .seconds(3))

    @Test("waits stay under a ceiling that doubles up to the cap", arguments: [(1, 500), (2, 1_000), (3, 2_000), (4, 3_000)])
    func ceilings(_ attempt: Int, _ ceiling: Int64) throws {
        var generator = SplitMix64(seed: 7)
        let waits = try (0..<2_000).map { _ in
            try #require(policy.delay(attempt: attempt, retryAfter: nil, remaining: .minutes(1), using: &generator)).milliseconds
        }
        #expect(waits.allSatisfy { (0...ceiling).contains($0) })
        #expect(waits.contains { $0 < ceiling / 10 } && waits.contains { $0 > ceiling * 9 / 10 })
    }

    @Test("the last try is not followed by another, and huge numbers do no harm", arguments: [5, 6, 1_000, 0, -1])
    func lastTry(_ attempt: Int) {
        var generator = SplitMix64(seed: 1)
        #expect(policy.delay(attempt: attempt, retryAfter: nil, remaining: .hours(1), using: &generator) == nil)
        let endless = RetryPolicy(maximumTries: .max, base: TimeSpan(milliseconds: .max / 2), cap: .seconds(1))
        #expect(endless.delay(attempt: 900, retryAfter: nil, remaining: .minutes(1), using: &generator).map { $0 <= .seconds(1) } == true)
    }

    @Test("a Retry-After is a minimum, and one beyond the deadline ends the call")
    func retryAfter() {
        var generator = SplitMix64(seed: 1)
        #expect(policy.delay(attempt: 1, retryAfter: .seconds(7), remaining: .seconds(8), using: &generator) == .seconds(7))
        #expect(policy.delay(attempt: 1, retryAfter: .seconds(7), remaining: .seconds(7), using: &generator) == nil)
        #expect(policy.delay(attempt: 1, retryAfter: nil, remaining: TimeSpan(milliseconds: 0), using: &generator) == nil)
    }

    @Test("the same seed waits the same", arguments: [UInt64(0), 1, 42])
    func repeatable(_ seed: UInt64) {
        func waits() -> [TimeSpan?] {
            var generator = SplitMix64(seed: seed)
            return (1...4).map { policy.delay(attempt: $0, retryAfter: nil, remaining: .minutes(1), using: &generator) }
        }
        #expect(waits() == waits())
    }

    @Test(
        "every form of Retry-After is read, nonsense is not",
        arguments: [
            ([("retry-after", "7")], 7_000), ([("retry-after", "0.5")], 500), ([("retry-after-ms", "12.5"), ("retry-after", "9")], 13),
            ([("retry-after", "Mon, 05 Jan 2026 14:00:30 GMT")], 30_000),
            ([("date", "Mon, 05 Jan 2026 14:00:20 GMT"), ("retry-after", "Mon, 05 Jan 2026 14:00:30 GMT")], 10_000),
            ([("retry-after", "Mon, 05 Jan 2026 13:00:00 GMT")], 0), ([("retry-after", "99999999999999999999")], 31_536_000_000),
            ([("retry-after", "-1")], nil), ([("retry-after", "soon")], nil), ([("retry-after", "nan")], nil), ([("retry-after", "")], nil),
            ([("retry-after", "Mon, 31 Feb 2026 14:00:30 GMT")], nil), ([], nil)
        ] as [([(String, String)], Int64?)])
    func parsing(_ headers: [(String, String)], _ expected: Int64?) throws {
        let now = try #require(Timestamp(iso8601: "2026-01-05T14:00:00Z"))
        let response = HTTPResponse(status: 429, headers: headers.map { (name: $0.0, value: $0.1) })
        #expect(response.retryAfter(now: now)?.milliseconds == expected)
    }
}
