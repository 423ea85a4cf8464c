// Collects events while keeping the book they lead to, so that each sees what the last one did.
import Events
import Kernel
import Risk

struct EventWriter {
    private(set) var book: Book
    private(set) var events: [JournalEvent] = []
    let time: Timestamp

    init(book: Book, time: Timestamp) {
        self.book = book
        self.time = time
    }

    /// An event that contradicts the book stays among the events: the journal refuses all of them.
    mutating func write(_ event: JournalEvent) {
        try? book.apply(event, at: time)
        events.append(event)
    }

    /// Queues a message in the event's own transaction.
    mutating func say(_ message: Message) { write(.messageQueued(MessageQueued(number: book.nextMessage, message))) }

    mutating func trip(_ breaker: BreakerName, _ cause: BreakerCause, until: Timestamp?) {
        write(.breakerTripped(BreakerTripped(breaker: breaker, cause: cause, until: until)))
        say(.breaker(BreakerNotice(breaker: breaker, cause: cause, until: until, openPositions: book.main.openPositions.count)))
    }
}
