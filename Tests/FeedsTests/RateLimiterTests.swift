// A host is never asked more often than it allows, and a pause it asked for is kept.
import Kernel
import Ports
import TestSupport
import Testing

@testable import Feeds

@Suite("Rate limiter")
struct RateLimiterTests {
    @Test("over seeds: no window of a period holds more than the burst and the rate together")
    func neverExceeded() {
        for seed in 0..<50 as Range<UInt64> {
            var generator = SplitMix64(seed: seed)
            var limiter = RateLimiter(5, per: .seconds(60))
            var now: Int64 = 0
            var sent: [Int64] = []
            for _ in 0..<100 {
                now += Int64(generator.next() % 9_000)
                sent.append(now + limiter.take(at: TimeSpan(milliseconds: now)).milliseconds)
            }
            #expect(sent == sent.sorted())
            for start in sent { #expect(sent.filter { $0 >= start && $0 < start + 60_000 }.count <= 10) }
            for start in sent { #expect(sent.filter { $0 >= start && $0 < start + 600_000 }.count <= 55) }
        }
    }

    @Test("a burst passes at once, the next one waits its share")
    func burst() {
        var limiter = RateLimiter(3, per: .seconds(60))
        let waits = (0..<5).map { _ in limiter.take(at: .seconds(10)).milliseconds }
        #expect(waits == [0, 0, 0, 20_000, 40_000])
    }

    @Test("while a pause lasts nothing enters, and after it everything does")
    func F021_pause() async {
        let clock = FakeClock()
        let gate = openGate(clock)
        await gate.pause(for: .seconds(30), .rateLimited)
        await gate.pause(for: .seconds(5), .rateLimited)
        clock.advance(by: .seconds(29))
        let error = await feedError { () throws(FeedError) in try await gate.enter(source: "s") }
        #expect(error?.kind == .rateLimited)
        #expect(error?.retryAfter == .seconds(1))
        clock.advance(by: .seconds(1))
        #expect(await feedError { () throws(FeedError) in try await gate.enter(source: "s") } == nil)
    }
}
