// A journal in memory: the same promises as the real one (one writer at a time, nothing half written),
// and a switch that makes commits fail, which is how a test kills the program between two steps.
public import Events
public import Kernel
public import Ports
import Synchronization
import Trading

public final class MemoryJournal: Journal {
    private struct State {
        var book = Book()
        var entries: [JournalEntry] = []
        var blobs: [String: [UInt8]] = [:]
        var commits = 0
        var failing: (after: Int, error: JournalError)?
    }
    private let state = Mutex(State())
    public init() {}

    /// Write transactions that wrote something.
    public var commits: Int { state.withLock { $0.commits } }
    public var all: [JournalEntry] { state.withLock { $0.entries } }
    public var events: [JournalEvent] { all.map(\.event) }

    /// After `count` more commits every further one fails, until `heal`.
    public func fail(after count: Int, _ error: JournalError = .diskFull) { state.withLock { $0.failing = (count, error) } }
    public func heal() { state.withLock { $0.failing = nil } }

    public func book() throws(JournalError) -> Book { state.withLock { $0.book } }

    @discardableResult
    public func commit(at time: Timestamp, blobs: [Blob], _ decide: (Book) -> [JournalEvent]) throws(JournalError) -> Book {
        let result = state.withLock { state -> Result<Book, JournalError> in
            let events = decide(state.book)
            guard !events.isEmpty else { return .success(state.book) }
            if let failing = state.failing {
                guard failing.after > 0 else { return .failure(failing.error) }
                state.failing = (failing.after - 1, failing.error)
            }
            let before = state
            for event in events {
                do throws(Contradiction) { try state.book.apply(event, at: time) } catch {
                    state = before
                    return .failure(.contradiction(error))
                }
                state.entries.append(JournalEntry(sequence: Int64(state.entries.count + 1), at: time, event: event))
            }
            for blob in blobs { state.blobs[blob.hash] = blob.bytes }
            state.commits += 1
            return .success(state.book)
        }
        return try result.get()
    }

    public func newestEntry() throws(JournalError) -> Timestamp? { all.last?.at }
    public func mark() throws(JournalError) -> String? { all.last.map { "\($0.sequence):memory" } }
    public func entries(about key: String) throws(JournalError) -> [JournalEntry] { all.filter { $0.event.cycle?.description == key } }
    public func blob(_ hash: String) throws(JournalError) -> [UInt8]? { state.withLock { $0.blobs[hash] } }
    public func note(_ topic: String, _ key: String, _ json: String) throws(JournalError) {}
}

extension JournalEvent {
    /// The cycle an event is looked up by.
    var cycle: CycleId? {
        switch self {
        case .cycleOpened(let event): event.cycle
        case .cycleMissed(let event): event.last
        case .snapshotTaken(let event): event.cycle
        case .callReserved(let event): event.cycle
        case .opinionsGiven(let event): event.cycle
        case .decided(let event): event.cycle
        case .strategyJudged(let event): event.cycle
        case .cycleClosed(let event): event.cycle
        default: nil
        }
    }
}
