// An error that must not happen: entries stop until a person has looked, and the person is told.
public import Events
public import Kernel
public import Risk

public enum Alerts {
    /// Trips the critical breaker (once) and queues the message.
    public static func critical(
        _ cause: BreakerCause, _ book: Book, at time: Timestamp
    ) -> [JournalEvent] {
        var writer = EventWriter(book: book, time: time)
        if !book.main.activeBreakers(at: time).contains(where: { $0.name == .critical }) {
            writer.write(.breakerTripped(BreakerTripped(breaker: .critical, cause: cause, until: nil)))
        }
        writer.say(.critical(cause))
        return writer.events
    }
}
