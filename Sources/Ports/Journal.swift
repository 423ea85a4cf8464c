// The memory, as the engine sees it: one book to read, one way to write. What is committed is durable
// before the call returns; what is not committed did not happen.
public import Events
public import Kernel

/// Content kept beside the chain, found by its hash.
public struct Blob: Sendable {
    public let hash: String
    public let bytes: [UInt8]
    public init(hash: String, bytes: [UInt8]) {
        self.hash = hash
        self.bytes = bytes
    }
}

/// One link of the chain.
public struct JournalEntry: Sendable {
    public let sequence: Int64
    public let at: Timestamp
    public let event: JournalEvent
    public init(sequence: Int64, at: Timestamp, event: JournalEvent) {
        self.sequence = sequence
        self.at = at
        self.event = event
    }
}

/// Why the memory cannot be used. In every case nothing was written.
public enum JournalError: Error, Hashable, Sendable {
    /// Another program holds the database longer than the busy timeout.
    case locked
    case readOnly(String)
    case diskFull
    /// Damaged, or the chain does not verify; `sequence` is the first bad link if it is known.
    case damaged(String, sequence: Int64?)
    /// Written by a newer version of the program.
    case newer(String)
    /// What was to be written contradicts the book.
    case contradiction(Contradiction)
    /// The journal is of another world or start.
    case otherIdentity(found: String, wanted: String)
    case noPermission(String)
    /// The storage device failed: the process must end at once and never try to sync again.
    case device(String)
}

public protocol Journal: Sendable {
    /// The book after the last event.
    func book() throws(JournalError) -> Book
    /// Opens one write transaction, shows the newest book to `decide`, appends what it returns and
    /// commits. Nothing is written if it returns no event. Returns the book after it.
    /// Never call a network, a model or a clock inside `decide`.
    @discardableResult
    func commit(at time: Timestamp, blobs: [Blob], _ decide: (Book) -> [JournalEvent]) throws(JournalError) -> Book
    /// The moment of the newest entry; nil for an empty journal.
    func newestEntry() throws(JournalError) -> Timestamp?
    /// The newest entry and the beginning of its hash, to be kept elsewhere: it shows later whether the journal still has
    /// it. nil for an empty journal, and for one without a chain.
    func mark() throws(JournalError) -> String?
    /// All entries of one key (a cycle, a trade, an order, a call), oldest first.
    func entries(about key: String) throws(JournalError) -> [JournalEntry]
    func blob(_ hash: String) throws(JournalError) -> [UInt8]?
    /// A wall-clock fact that is not part of the chain (latency, host), as canonical JSON text.
    func note(_ topic: String, _ key: String, _ json: String) throws(JournalError)
}

extension Journal {
    public func mark() throws(JournalError) -> String? { nil }

    @discardableResult
    public func commit(at time: Timestamp, _ decide: (Book) -> [JournalEvent]) throws(JournalError) -> Book {
        try commit(at: time, blobs: [], decide)
    }
}
