// The rules of the outbox, as pure functions over its queued entries: who goes first, who gives way,
// when to try again. Promise: the queue is bounded however long a channel is silent (F086), and what a
// channel asks of us is obeyed (F088).
import Events
public import Kernel

/// The outbox's limits.
public struct OutboxLimits: Hashable, Sendable {
    public var maximumQueued: Int
    /// A message refused this often without being hopeless is given up.
    public var maximumRejections: Int
    /// From the start of one message to the start of the next in one chat.
    public var pace: TimeSpan
    /// Between two tries after a refusal that a person may put right.
    public var afterRejection: TimeSpan
    /// No wait is longer; a channel that asks for more is asked again after this.
    public var maximumWait: TimeSpan

    public init(
        maximumQueued: Int = 200, maximumRejections: Int = 3, pace: TimeSpan = .seconds(1),
        afterRejection: TimeSpan = .minutes(10), maximumWait: TimeSpan = .days(1)
    ) {
        precondition(maximumQueued > 0 && maximumRejections > 0 && pace.milliseconds >= 0, "an outbox needs room for one message")
        self.maximumQueued = maximumQueued
        self.maximumRejections = maximumRejections
        self.pace = pace
        self.afterRejection = afterRejection
        self.maximumWait = maximumWait
    }
    public static let standard = OutboxLimits()
}

public enum Outbox {
    // MARK: Order

    /// The entry to deliver next: critical ones first, then breakers, then by id.
    public static func next(of entries: [OutboxEntry]) -> OutboxEntry? {
        entries.lazy.filter { $0.state == .queued }.min { ($0.priority, $0.id) < ($1.priority, $1.id) }
    }

    /// Until when the channel is left alone. A wait belongs to the channel and not to the message that met it:
    /// a rate limit counts for the whole chat, and later messages must not overtake earlier ones.
    /// A moment further off than any wait can be (the clock has stepped back) does not count.
    public static func hold(of entries: [OutboxEntry], at now: Timestamp, limits: OutboxLimits = .standard) -> Timestamp? {
        entries.lazy.filter { $0.state == .queued && $0.attempts > 0 }.map(\.nextAttemptAt)
            .filter { $0 > now && $0 - now <= limits.maximumWait }.max()
    }

    // MARK: Giving way

    /// What leaves the queue before anything is sent, in id order: all summaries but the newest, repeats of the same alert,
    /// and, if the queue is still too long, the least important and oldest. A hold that a leaving entry carried
    /// goes over to one that stays.
    public static func relief(of entries: [OutboxEntry], at now: Timestamp, limits: OutboxLimits = .standard) -> [OutboxChange] {
        let queued = entries.filter { $0.state == .queued }.sorted { $0.id < $1.id }
        let newestSummary = queued.last { $0.kind.isSummary }?.id
        var reasons: [Int64: String] = [:]
        var said: Set<Message> = []
        for entry in queued {
            switch entry.kind {
            case .summary, .urgentSummary:
                if entry.id != newestSummary { reasons[entry.id] = "a newer summary took its place" }
            case .notice, .breaker, .critical:
                if !said.insert(entry.message).inserted {
                    reasons[entry.id] = "the same message already waits"
                }
            case .entry, .exit: break
            }
        }
        let left = queued.filter { reasons[$0.id] == nil }
        for entry in left.sorted(by: givesWayBefore).prefix(max(0, left.count - limits.maximumQueued)) {
            reasons[entry.id] = "the queue was full"
        }
        var changes = queued.compactMap { entry in reasons[entry.id].map { OutboxChange(entry, state: .superseded, why: $0) } }
        let staying = queued.filter { reasons[$0.id] == nil }
        if let hold = hold(of: queued, at: now, limits: limits), hold != self.hold(of: staying, at: now, limits: limits),
            var heir = staying.first
        {
            heir.nextAttemptAt = hold
            heir.attempts = max(1, heir.attempts)
            changes.append(OutboxChange(heir, state: .queued, why: "the channel asked to wait"))
        }
        return changes.sorted { $0.id < $1.id }
    }

    /// The order in which a queue that is too long loses entries.
    private static func givesWayBefore(_ a: OutboxEntry, _ b: OutboxEntry) -> Bool {
        (worth(a.kind), a.id) < (worth(b.kind), b.id)
    }

    private static func worth(_ kind: MessageKind) -> Int {
        switch kind {
        case .notice: 0
        case .summary, .urgentSummary: 1
        case .entry, .exit: 2
        case .breaker: 3
        case .critical: 4
        }
    }

    // MARK: After a try

    public static func delivered(_ entry: OutboxEntry, remoteId: String?) -> OutboxChange {
        var entry = entry
        entry.attempts += 1
        return OutboxChange(entry, state: .delivered, remoteId: remoteId)
    }

    /// Not now. `asked` is what the channel asked for; zero leaves it to `backoff`.
    public static func postponed(
        _ entry: OutboxEntry, asked: TimeSpan, why: String, at now: Timestamp,
        limits: OutboxLimits = .standard
    ) -> OutboxChange {
        var entry = entry
        entry.attempts += 1
        let wished = asked.milliseconds > 0 && entry.attempts <= 5 ? max(asked, .seconds(1)) : max(asked, backoff(afterTry: entry.attempts))
        entry.nextAttemptAt = now + min(wished, limits.maximumWait)
        return OutboxChange(entry, state: .queued, why: why)
    }

    /// Refused. A text that will never be taken fails at once; a refusal that a person may put right fails at the last try.
    public static func rejected(
        _ entry: OutboxEntry, permanent: Bool, why: String, at now: Timestamp,
        limits: OutboxLimits = .standard
    ) -> OutboxChange {
        var entry = entry
        entry.attempts += 1
        entry.rejections += 1
        entry.nextAttemptAt = now + limits.afterRejection
        let over = permanent || entry.rejections >= limits.maximumRejections
        return OutboxChange(entry, state: over ? .failed : .queued, why: why)
    }

    /// Five tries ten seconds apart, then one, two and at last five minutes.
    public static func backoff(afterTry attempts: Int) -> TimeSpan {
        switch attempts {
        case ...5: .seconds(10)
        case 6: .minutes(1)
        case 7: .minutes(2)
        default: .minutes(5)
        }
    }
}
