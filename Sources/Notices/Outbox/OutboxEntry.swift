// One message that waits to be delivered, and what may become of it. The outbox is durable (the store
// keeps these rows), so a message is announced before it is sent and survives a crash.
public import Events
public import Kernel

public enum OutboxState: String, CaseIterable, Codable, Sendable {
    case queued
    case delivered
    /// Gave way to a newer or an equal message, or to a full queue.
    case superseded
    /// Will never be taken.
    case failed
}

public struct OutboxEntry: Hashable, Codable, Sendable {
    /// Ascending in the order of writing.
    public let id: Int64
    public let createdAt: Timestamp
    public let message: Message
    /// Tries so far, and how many of them ended in a refusal.
    public var attempts: Int
    public var rejections: Int
    public var nextAttemptAt: Timestamp
    public var state: OutboxState

    public init(
        id: Int64, createdAt: Timestamp, message: Message, attempts: Int = 0, rejections: Int = 0,
        nextAttemptAt: Timestamp? = nil, state: OutboxState = .queued
    ) {
        self.id = id
        self.createdAt = createdAt
        self.message = message
        self.attempts = attempts
        self.rejections = rejections
        self.nextAttemptAt = nextAttemptAt ?? createdAt
        self.state = state
    }

    public var kind: MessageKind { message.kind }
    public var priority: Int { kind.priority }

    /// This entry after a change.
    public func applying(_ change: OutboxChange) -> OutboxEntry {
        var changed = self
        changed.attempts = change.attempts
        changed.rejections = change.rejections
        changed.nextAttemptAt = change.nextAttemptAt
        changed.state = change.state
        return changed
    }
}

/// The new values of an entry's changeable columns, for the store to write as they are.
public struct OutboxChange: Hashable, Sendable {
    public let id: Int64
    public let state: OutboxState
    public let attempts: Int
    public let rejections: Int
    public let nextAttemptAt: Timestamp
    /// The channel's own id of a delivered message.
    public let remoteId: String?
    /// Why it is not delivered; safe to show.
    public let why: String?

    public init(_ entry: OutboxEntry, state: OutboxState, remoteId: String? = nil, why: String? = nil) {
        id = entry.id
        self.state = state
        attempts = entry.attempts
        rejections = entry.rejections
        nextAttemptAt = entry.nextAttemptAt
        self.remoteId = remoteId
        self.why = why
    }
}
