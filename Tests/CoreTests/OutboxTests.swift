// The outbox's rules: what goes first, what gives way, when to try again.
import Events
import Kernel
import Notices
import Testing

private let t0 = Timestamp(milliseconds: 1_767_621_600_000)

private func entry(
    _ id: Int64, _ kind: MessageKind, _ words: String? = nil, attempts: Int = 0, rejections: Int = 0,
    next: Timestamp? = nil, state: OutboxState = .queued
) -> OutboxEntry {
    let words = words ?? "message \(id)"
    return OutboxEntry(
        id: id, createdAt: t0 + .seconds(Int(id)), message: .worded(kind, MessageText(html: words, plain: words)),
        attempts: attempts, rejections: rejections, nextAttemptAt: next, state: state)
}

private func order(_ entries: [OutboxEntry]) -> [Int64] {
    var rest = entries, ids: [Int64] = []
    while let next = Outbox.next(of: rest) {
        ids.append(next.id)
        rest.removeAll { $0.id == next.id }
    }
    return ids
}

private func kept(_ entries: [OutboxEntry], _ limits: OutboxLimits = .standard) -> [Int64] {
    let gone = Set(Outbox.relief(of: entries, at: t0 + .days(3), limits: limits).filter { $0.state == .superseded }.map(\.id))
    return entries.map(\.id).filter { !gone.contains($0) }
}

@Suite("Outbox")
struct OutboxTests {
    @Test("critical goes first, then breakers, then in the order of writing")
    func priorities() {
        let entries = [
            entry(1, .summary), entry(2, .entry), entry(3, .breaker), entry(4, .exit), entry(5, .critical),
            entry(6, .notice), entry(7, .critical), entry(8, .critical, state: .delivered)
        ]
        #expect(order(entries.reversed()) == [5, 7, 3, 1, 2, 4, 6])
    }

    @Test("F086: after a long outage the newest summary wins; entries, exits and breakers are all kept")
    func F086_newestSummaryWins() {
        let entries = [
            entry(1, .summary), entry(2, .entry), entry(3, .summary), entry(4, .exit), entry(5, .breaker), entry(6, .summary),
            entry(7, .entry, "message 2")
        ]
        #expect(kept(entries) == [2, 4, 5, 6, 7])
    }

    @Test("F086: the queue is bounded however long the channel is silent, and loses the least important first")
    func F086_bounded() {
        let kinds: [MessageKind] = [.entry, .notice, .exit, .summary, .critical, .notice, .breaker]
        var entries: [OutboxEntry] = []
        for id in 1...5_000 {
            entries.append(entry(Int64(id), kinds[id % kinds.count]))
            let gone = Set(Outbox.relief(of: entries, at: t0).filter { $0.state == .superseded }.map(\.id))
            entries.removeAll { gone.contains($0.id) }
            #expect(entries.count <= OutboxLimits.standard.maximumQueued)
        }
        #expect(entries.allSatisfy { $0.kind == .critical })
        let small = OutboxLimits(maximumQueued: 3)
        #expect(kept([entry(1, .notice), entry(2, .entry), entry(3, .summary), entry(4, .critical), entry(5, .exit)], small) == [2, 4, 5])
        #expect(kept([entry(1, .entry), entry(2, .exit), entry(3, .entry), entry(4, .breaker)], small) == [2, 3, 4])
    }

    @Test("F088: repeats of an alert are one message; two equal fills are two")
    func F088_coalesced() {
        let entries = [
            entry(1, .critical, "a"), entry(2, .critical, "a"), entry(3, .notice, "a"), entry(4, .notice, "a"),
            entry(5, .entry, "a"), entry(6, .entry, "a"), entry(7, .breaker, "b")
        ]
        #expect(kept(entries) == [1, 3, 5, 6, 7])
    }

    @Test("a wait is the channel's, and outlives the message that met it")
    func holdIsInherited() throws {
        let until = t0 + .minutes(30), now = t0 + .minutes(1)
        let entries = [entry(1, .summary, attempts: 1, next: until), entry(2, .exit), entry(3, .summary)]
        #expect(Outbox.hold(of: entries, at: now) == until)
        let changes = Outbox.relief(of: entries, at: now)
        let after = entries.map { entry in changes.first { $0.id == entry.id }.map(entry.applying) ?? entry }
        #expect(after.map(\.state) == [.superseded, .queued, .queued])
        #expect(Outbox.hold(of: after, at: now) == until)
        #expect(Outbox.hold(of: after, at: until) == nil)
        #expect(Outbox.relief(of: after, at: now).isEmpty)
    }

    @Test("a wait further off than any can be means that the clock stepped back, and does not count")
    func clockSteppedBack() {
        #expect(Outbox.hold(of: [entry(1, .exit, attempts: 1, next: t0 + .days(2))], at: t0) == nil)
        #expect(Outbox.hold(of: [entry(1, .exit, next: t0 + .hours(1))], at: t0) == nil, "never tried: no wait was asked for")
    }

    @Test(
        "tries are ten seconds apart five times, then rarer, and what the channel asks is obeyed",
        arguments: [
            (0, 0, 10_000), (4, 0, 10_000), (5, 0, 60_000), (6, 0, 120_000), (50, 0, 300_000),
            (0, 1_000, 1_000), (0, 1, 1_000), (4, 3_000, 3_000), (5, 3_000, 60_000), (0, 3_600_000, 3_600_000), (50, 3_600_000, 3_600_000),
            (0, Int64.max, 86_400_000)
        ] as [(Int, Int64, Int64)])
    func backoff(_ attempts: Int, _ asked: Int64, _ wait: Int64) {
        let change = Outbox.postponed(entry(1, .exit, attempts: attempts), asked: TimeSpan(milliseconds: asked), why: "busy", at: t0)
        #expect(change.nextAttemptAt - t0 == TimeSpan(milliseconds: wait))
        #expect(change.state == .queued)
        #expect(change.attempts == attempts + 1)
        #expect(change.rejections == 0)
    }

    @Test("a refusal fails at the third time, a hopeless one at once, and an outage never")
    func rejections() {
        var waiting = entry(1, .exit, attempts: 90)
        for expected in [OutboxState.queued, .queued, .failed] {
            waiting = waiting.applying(Outbox.rejected(waiting, permanent: false, why: "blocked", at: t0))
            #expect(waiting.state == expected)
        }
        #expect(waiting.attempts == 93)
        #expect(Outbox.rejected(entry(2, .exit), permanent: true, why: "too long", at: t0).state == .failed)
        #expect(Outbox.postponed(entry(3, .exit, attempts: 1_000_000), asked: .seconds(0), why: "down", at: t0).state == .queued)
    }
}
