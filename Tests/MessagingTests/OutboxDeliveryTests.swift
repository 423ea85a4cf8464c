// Rounds of delivery against a channel that misbehaves on cue; the clock moves only when somebody sleeps.
import Events
import Kernel
import Messaging
import Notices
import Ports
import Synchronization
import TestSupport
import Testing

/// Answers from a script by the text it is given, and remembers what it was given.
private final class FakeNotifier: Notifier {
    let name = "fake"
    private let seen = Mutex<[String]>([])
    private let script: @Sendable (_ text: String, _ call: Int) -> DeliveryResult
    init(_ script: @escaping @Sendable (String, Int) -> DeliveryResult) { self.script = script }

    var texts: [String] { seen.withLock { $0 } }
    func deliver(_ text: MessageText, silently: Bool) async -> DeliveryResult {
        let call = seen.withLock { seen in
            seen.append(text.plain)
            return seen.count
        }
        return script(text.plain, call)
    }
}

private func entries(_ kinds: [MessageKind], at time: Timestamp) -> [OutboxEntry] {
    kinds.enumerated().map { index, kind in
        OutboxEntry(id: Int64(index + 1), createdAt: time, message: .worded(kind, MessageText(html: "m\(index + 1)", plain: "m\(index + 1)")))
    }
}

private let down = DeliveryResult.retry(after: .seconds(0), why: "down")

@Suite("OutboxDelivery")
struct OutboxDeliveryTests {
    private let clock = FakeClock()

    private func deliver(_ pending: [OutboxEntry], _ notifier: FakeNotifier, budget: Int = 30, numbered: Bool = false) async -> [OutboxChange] {
        await OutboxDelivery.deliver(
            pending: pending, using: notifier, words: MessageRenderer(zone: .utc), clock: clock, budget: .seconds(budget), numbered: numbered)
    }

    @Test("everything goes out in order, one message a second, with its number")
    func orderAndPace() async {
        let notifier = FakeNotifier { _, call in .delivered(remoteId: "r\(call)") }
        let changes = await deliver(entries([.entry, .summary, .critical], at: clock.now), notifier, numbered: true)
        #expect(notifier.texts == ["m3 · #3", "m1 · #1", "m2 · #2"])
        #expect(changes.map(\.state) == [.delivered, .delivered, .delivered])
        #expect(changes.map(\.remoteId) == ["r2", "r3", "r1"])
        #expect(clock.sleeps == [.seconds(1), .seconds(1)])
    }

    @Test("F086: while the channel is down a round ends within its budget and the queue stays as it was")
    func F086_down() async {
        let notifier = FakeNotifier { _, _ in down }
        let pending = entries([.summary, .entry, .summary], at: clock.now)
        let started = clock.now
        let changes = await deliver(pending, notifier, budget: 30)
        #expect(notifier.texts == ["m2", "m2", "m2"], "the first in line is tried, ten seconds apart")
        #expect(changes.map(\.id) == [1, 2])
        #expect(changes.map(\.state) == [.superseded, .queued])
        #expect(changes.last?.attempts == 3)
        #expect(clock.now - started <= .seconds(30))
        let again = await deliver(pending.map { entry in changes.first { $0.id == entry.id }.map(entry.applying) ?? entry }, notifier, budget: 5)
        #expect(again.isEmpty, "the next round is inside the wait")
        #expect(notifier.texts.count == 3)
    }

    @Test("F086: a day of silence, then the news: trades in order and one summary")
    func F086_dayOfSilence() async {
        let notifier = FakeNotifier { _, call in call <= 40 ? down : .delivered(remoteId: nil) }
        var queue: [OutboxEntry] = []
        var id: Int64 = 0
        for hour in 0..<48 {
            for kind in hour % 6 == 0 ? [MessageKind.summary, .entry] : [.summary] {
                id += 1
                queue.append(
                    OutboxEntry(id: id, createdAt: clock.now, message: .worded(kind, MessageText(html: "\(kind) \(hour)", plain: "\(kind) \(hour)"))))
            }
            for change in await deliver(queue, notifier, budget: 50) {
                queue = queue.map { $0.id == change.id ? $0.applying(change) : $0 }
            }
            #expect(queue.filter { $0.state == .queued && $0.kind == .summary }.count <= 1)
            clock.advance(by: .hours(1))
        }
        let arrived = notifier.texts.dropFirst(40)
        #expect(arrived.filter { $0.hasPrefix("entry") } == stride(from: 0, to: 48, by: 6).map { "entry \($0)" })
        #expect(queue.allSatisfy { $0.state != .queued && $0.state != .failed })
    }

    @Test("F088: a flood limit is obeyed to the second and holds for every message of the chat")
    func F088_flood() async {
        let notifier = FakeNotifier { _, call in call == 2 ? .retry(after: .seconds(7), why: "wait 7 s") : .delivered(remoteId: nil) }
        let changes = await deliver(entries([.exit, .exit, .exit], at: clock.now), notifier)
        #expect(notifier.texts == ["m1", "m2", "m2", "m3"])
        #expect(clock.sleeps == [.seconds(1), .seconds(7), .seconds(1)])
        #expect(changes.allSatisfy { $0.state == .delivered })
    }

    @Test("F088: a wait that does not fit the budget ends the round, and critical news does not break it either")
    func F088_longWait() async {
        let notifier = FakeNotifier { _, _ in .retry(after: .seconds(300), why: "wait 300 s") }
        var pending = entries([.exit, .notice], at: clock.now)
        let changes = await deliver(pending, notifier)
        #expect(changes.map(\.id) == [1])
        #expect(clock.sleeps.isEmpty)
        pending = pending.map { entry in changes.first { $0.id == entry.id }.map(entry.applying) ?? entry }
        pending.append(OutboxEntry(id: 3, createdAt: clock.now, message: .worded(.critical, MessageText(html: "c", plain: "c"))))
        clock.advance(by: .seconds(200))
        #expect(await deliver(pending, notifier).isEmpty)
        clock.advance(by: .seconds(101))
        _ = await deliver(pending, notifier)
        #expect(notifier.texts == ["m1", "c"])
    }

    @Test("a text that cannot be taken does not hold up the others; a chat that refuses does")
    func refusals() async {
        let hopeless = FakeNotifier { text, _ in text == "m1" ? .rejected(why: "too odd", permanent: true) : .delivered(remoteId: nil) }
        #expect(await deliver(entries([.exit, .exit], at: clock.now), hopeless).map(\.state) == [.failed, .delivered])
        let blocked = FakeNotifier { _, _ in .rejected(why: "blocked", permanent: false) }
        let changes = await deliver(entries([.exit, .exit], at: clock.now), blocked)
        #expect(changes.map(\.state) == [.queued])
        #expect(changes.first?.why == "blocked")
        #expect(blocked.texts.count == 1)
    }

    @Test("a channel that is always too busy cannot keep a round for ever", arguments: [0, 1, 30, 120])
    func bounded(_ budget: Int) async {
        let notifier = FakeNotifier { _, _ in .retry(after: .seconds(1), why: "busy") }
        let started = clock.now
        _ = await deliver(entries([.exit], at: clock.now), notifier, budget: budget)
        #expect(clock.now - started <= .seconds(budget))
        #expect(notifier.texts.count <= budget)
    }

    @Test("a cancelled round gives back what it has done")
    func cancelled() async {
        let clock = clock
        let changes = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await OutboxDelivery.deliver(
                pending: entries([.exit], at: clock.now), using: FakeNotifier { _, _ in .delivered(remoteId: nil) },
                words: MessageRenderer(zone: .utc), clock: clock, budget: .seconds(10))
        }.value
        #expect(changes.isEmpty)
    }

    @Test("a clock that steps back in a round delays nothing for ever")
    func stepsBack() async {
        let notifier = FakeNotifier { _, _ in .delivered(remoteId: nil) }
        let waiting = OutboxEntry(
            id: 1, createdAt: clock.now, message: .worded(.exit, MessageText(html: "m", plain: "m")), attempts: 1,
            nextAttemptAt: clock.now + .days(400))
        #expect(await deliver([waiting], notifier).map(\.state) == [.delivered])
    }
}
