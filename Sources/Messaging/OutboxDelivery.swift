// One round of delivering what waits in the outbox. It knows no storage: entries in, changes out, so
// that a caller writes them in its own transaction and no network call ever happens inside one.
import Events
public import Kernel
public import Notices
public import Ports
public import Settings

public enum OutboxDelivery {
    /// Delivers queued entries in the outbox's order until they are gone, the channel asks for a wait that does not fit,
    /// or the budget is used up.
    ///
    /// A caller that dies before it has written the changes sends those messages again: delivery is at least once,
    /// and the number in the first line shows a person that it is the same message.
    /// - Parameters:
    ///   - pending: entries as stored; those not queued are left alone.
    ///   - budget: no try begins after so long, and no wait goes beyond it; the last try may take its own timeout longer.
    ///   - words: makes the text of a message, in the zone that is in force now.
    ///   - sound: which kinds of message may be heard.
    ///   - numbered: adds `· #17` to the first line.
    /// - Returns: at most one change an entry, in id order.
    public static func deliver(
        pending: [OutboxEntry], using notifier: any Notifier, words: MessageRenderer, clock: any Clock, budget: TimeSpan,
        sound: SoundSettings = SoundSettings(), limits: OutboxLimits = .standard, numbered: Bool = true
    ) async -> [OutboxChange] {
        var queue = Queue(entries: pending)
        let started = clock.monotonic
        var lastSent: TimeSpan?
        for change in Outbox.relief(of: pending, at: clock.now, limits: limits) { queue.apply(change) }

        while let entry = queue.next {
            let now = clock.now
            let hold = queue.hold(at: now, limits: limits).map { ($0 - now).milliseconds } ?? 0
            let pace = lastSent.map { limits.pace.milliseconds - (clock.monotonic.milliseconds - $0.milliseconds) } ?? 0
            let wait = max(hold, pace, 0)
            guard clock.monotonic.milliseconds - started.milliseconds + wait < budget.milliseconds else { break }
            if wait > 0 {
                do { try await clock.sleep(for: TimeSpan(milliseconds: wait)) } catch { break }
            }
            guard !Task.isCancelled else { break }
            lastSent = clock.monotonic
            let text = words.text(of: entry.message)
            let result = await notifier.deliver(numbered ? text.numbered(entry.id) : text, silently: !entry.kind.isHeard(sound))
            queue.apply(change(of: entry, by: result, at: clock.now, limits: limits))
        }
        return queue.changes
    }

    private static func change(of entry: OutboxEntry, by result: DeliveryResult, at now: Timestamp, limits: OutboxLimits) -> OutboxChange {
        switch result {
        case .delivered(let remoteId): Outbox.delivered(entry, remoteId: remoteId)
        case .retry(let after, let why): Outbox.postponed(entry, asked: after, why: why, at: now, limits: limits)
        case .rejected(let why, let permanent): Outbox.rejected(entry, permanent: permanent, why: why, at: now, limits: limits)
        }
    }
}

/// The entries of one round and what became of them so far.
private struct Queue {
    private var entries: [OutboxEntry]
    private var latest: [Int64: OutboxChange] = [:]

    init(entries: [OutboxEntry]) { self.entries = entries }

    var next: OutboxEntry? { Outbox.next(of: entries) }
    var changes: [OutboxChange] { latest.values.sorted { $0.id < $1.id } }

    func hold(at now: Timestamp, limits: OutboxLimits) -> Timestamp? { Outbox.hold(of: entries, at: now, limits: limits) }

    mutating func apply(_ change: OutboxChange) {
        latest[change.id] = change
        guard let index = entries.firstIndex(where: { $0.id == change.id }) else { return }
        entries[index] = entries[index].applying(change)
    }
}
