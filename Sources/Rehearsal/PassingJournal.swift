// A memory for as long as the rehearsal lasts: the book is kept as the real journal keeps it, the events are
// shown to whoever listens and forgotten.
import Events
import Kernel
import Ports
import Synchronization

final class PassingJournal: Journal {
    private let state = Mutex(Book())
    private let listen: @Sendable (JournalEvent, Timestamp) -> Void

    init(_ listen: @escaping @Sendable (JournalEvent, Timestamp) -> Void) { self.listen = listen }

    func book() throws(JournalError) -> Book { state.withLock { $0 } }

    @discardableResult
    func commit(at time: Timestamp, blobs: [Blob], _ decide: (Book) -> [JournalEvent]) throws(JournalError) -> Book {
        let (book, events) = try state.withLock { book throws(JournalError) in
            let events = decide(book)
            for event in events {
                do throws(Contradiction) { try book.apply(event, at: time) } catch { throw .contradiction(error) }
            }
            return (book, events)
        }
        for event in events { listen(event, time) }
        return book
    }

    func newestEntry() throws(JournalError) -> Timestamp? { nil }
    func entries(about key: String) throws(JournalError) -> [JournalEntry] { [] }
    func blob(_ hash: String) throws(JournalError) -> [UInt8]? { nil }
    func note(_ topic: String, _ key: String, _ json: String) throws(JournalError) {}
}
