// Sources run side by side inside one deadline; what is lost is named and costs nothing else.
import Kernel
import Market
import Ports
import Synchronization
import TestSupport
import Testing

@testable import Feeds

@Suite("Source fetcher")
struct SourceFetcherTests {
    let clock = FakeClock(sleep: .waits())
    var fetcher: SourceFetcher { SourceFetcher(clock: clock, seed: 7) }

    final class Counter: Sendable {
        private let box = Mutex(0)
        func next() -> Int {
            box.withLock {
                $0 += 1; return $0
            }
        }
        var count: Int { box.withLock { $0 } }
    }
    func failing(_ name: String, _ error: FeedError, counter: Counter = Counter(), required: Bool = false) -> Source<Int> {
        Source(name, required: required) { () throws(FeedError) in
            _ = counter.next(); throw error
        }
    }
    static func error(_ kind: FeedError.Kind, retryAfter: TimeSpan? = nil) -> FeedError {
        FeedError(kind, source: "s", "why", retryAfter: retryAfter)
    }

    @Test("a lost optional source is named; the others keep their values and their order")
    func independent() async {
        let good = Source("good", required: true) { () throws(FeedError) in SourceValue(42, items: 3, asOf: clock.now) }
        let off = Source<Int>("off", required: false, skipped: "no key") { () throws(FeedError) in SourceValue(0) }
        let fetched = await fetcher.fetchAll([failing("bad", Self.error(.refused)), good, off])
        #expect(fetched.map(\.report.name) == ["bad", "good", "off"])
        #expect(fetched.map(\.report.status) == [.lost, .ok, .skipped])
        #expect(fetched.map(\.value) == [nil, 42, nil])
        #expect(fetched[0].report.detail == "refused: why")
        #expect(fetched[1].report.items == 3)
        #expect(fetched.map(\.report.receivedAt) == [nil, clock.now, nil])
        #expect(fetched.map(\.report.blocksEntries) == [false, false, false])
    }

    @Test("server trouble is tried five times with bounded waits, no more")
    func F020_boundedRetry() async {
        let counter = Counter()
        async let result = fetcher.fetchAll([failing("s", Self.error(.unavailable), counter: counter, required: true)])
        for _ in 0..<4 { await clock.wakeNext(of: 2) }
        let report = await result[0].report
        #expect(report.status == .lost)
        #expect(report.tries == 5)
        #expect(counter.count == 5)
        #expect(report.detail == "unavailable: why")
        #expect(report.blocksEntries)
        let waits = clock.sleeps.filter { $0 != .seconds(60) }.map(\.milliseconds)
        #expect(waits.count == 4)
        for (wait, whole) in zip(waits, [500, 1_000, 2_000, 4_000] as [Int64]) { #expect((0...whole).contains(wait)) }
    }

    @Test("the jitter is the seed's and the name's: the same again, another for another")
    func jitter() async {
        func waits(_ seed: UInt64, _ name: String) async -> [TimeSpan] {
            let clock = FakeClock(sleep: .waits())
            async let result = SourceFetcher(clock: clock, seed: seed).fetchAll([failing(name, Self.error(.unavailable))])
            for _ in 0..<4 { await clock.wakeNext(of: 2) }
            _ = await result
            return clock.sleeps.filter { $0 != .seconds(60) }
        }
        let first = await waits(1, "a")
        #expect(await waits(1, "a") == first)
        #expect(await waits(2, "a") != first)
        #expect(await waits(1, "b") != first)
    }

    @Test("a second try that answers is a success with two tries")
    func recovers() async {
        let counter = Counter()
        let source = Source("s", required: false) { () throws(FeedError) -> SourceValue<Int> in
            if counter.next() == 1 { throw Self.error(.timeout) }
            return SourceValue(1)
        }
        async let result = fetcher.fetchAll([source])
        await clock.wakeNext(of: 2)
        let report = await result[0].report
        #expect((report.status, report.tries) == (.ok, 2))
    }

    @Test("Retry-After is obeyed to the millisecond; one beyond the deadline ends the source at once")
    func F021_retryAfter() async {
        let counter = Counter()
        let start = clock.monotonic.milliseconds
        let source = Source("s", required: false) { () throws(FeedError) -> SourceValue<Int64> in
            if counter.next() == 1 { throw Self.error(.rateLimited, retryAfter: .seconds(30)) }
            return SourceValue(clock.monotonic.milliseconds - start)
        }
        async let result = fetcher.fetchAll([source])
        await clock.wakeNext(of: 2)
        #expect(await result[0].value == 30_000)

        let late = await fetcher.fetchAll([failing("s", Self.error(.rateLimited, retryAfter: .seconds(60)))])
        #expect((late[0].report.status, late[0].report.tries) == (.lost, 1))
        #expect(late[0].report.detail.contains("too late"))
    }

    @Test("what cannot be cured is asked once", arguments: [FeedError.Kind.banned, .refused, .tooLarge, .notFound, .stale])
    func F022_noSecondTry(_ kind: FeedError.Kind) async {
        let counter = Counter()
        let fetched = await fetcher.fetchAll([failing("s", Self.error(kind), counter: counter)])
        #expect(counter.count == 1)
        #expect(fetched[0].report.status == (kind == .stale ? .stale : .lost))
    }

    @Test("when the deadline passes the slow are lost and the quick are kept")
    func deadline() async {
        let slow = Source("slow", required: false) { () throws(FeedError) -> SourceValue<Int> in
            do { try await clock.sleep(for: .hours(1)) } catch { throw Self.error(.timeout) }
            return SourceValue(1)
        }
        let quick = Source("quick", required: false) { () throws(FeedError) in SourceValue(2) }
        async let result = fetcher.fetchAll([slow, quick])
        await clock.wakeNext(of: 2)
        let fetched = await result
        #expect(fetched.map(\.report.status) == [.lost, .ok])
        #expect(fetched[0].report.detail == "timeout: why; deadline passed")
    }

    @Test("an old reading is stale and its value is not handed on")
    func stale() async {
        let asOf = clock.now - .hours(49)
        let source = Source("fear and greed", required: false, maximumAge: .hours(48)) { () throws(FeedError) in SourceValue(40, asOf: asOf) }
        let fetched = await fetcher.fetchAll([source])
        #expect(fetched[0].report.status == .stale)
        #expect(fetched[0].value == nil)
        #expect(fetched[0].report.asOf == asOf)
    }

    @Test("no sources, no waiting")
    func none() async {
        async let result = fetcher.fetchAll([Source<Int>]())
        #expect(await result.isEmpty)
    }

    @Test("at most the given number is under way, and all are asked, in order", arguments: [1, 3, 50])
    func bounded(_ width: Int) async {
        let gauge = Gauge()
        let sources = (0..<20).map { number in
            Source("s\(number)", required: false) { () throws(FeedError) in
                await gauge.enter()
                for _ in 0..<5 { await Task.yield() }
                await gauge.leave()
                return SourceValue(number)
            }
        }
        let fetched = await fetcher.fetchAll(sources, atOnce: width, within: .seconds(60))
        #expect(fetched.map(\.value) == Array(0..<20))
        #expect(await gauge.highest <= width)
    }

    @Test("what was not begun when the deadline passes is lost without being asked")
    func notBegun() async {
        let slow = Source("slow", required: false) { () throws(FeedError) -> SourceValue<Int> in
            do { try await clock.sleep(for: .hours(1)) } catch { throw Self.error(.timeout) }
            return SourceValue(1)
        }
        let counter = Counter()
        let next = Source("next", required: false) { () throws(FeedError) in SourceValue(counter.next()) }
        async let result = fetcher.fetchAll([slow, next, next], atOnce: 1, within: .seconds(60))
        await clock.wakeNext(of: 2)
        let fetched = await result
        #expect(fetched.map(\.report.status) == [.lost, .lost, .lost])
        #expect(fetched[2].report.detail == "the deadline passed before it was asked")
        #expect(counter.count == 0)
    }
}

private actor Gauge {
    private var inside = 0
    private(set) var highest = 0
    func enter() {
        inside += 1
        highest = max(highest, inside)
    }
    func leave() { inside -= 1 }
}
