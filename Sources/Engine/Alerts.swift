// An error that must not happen: entries stop until a person has looked, and the person is told.
public import Events
public import Kernel
public import Notices
import Risk

public enum Alerts {
    /// Trips the critical breaker (once) and queues the message.
    public static func critical(
        _ words: String, _ book: Book, at time: Timestamp,
        render: @escaping @Sendable (Message) -> MessageText
    ) -> [JournalEvent] {
        var writer = EventWriter(book: book, time: time, render: render)
        if !book.activeBreakers(at: time).contains(where: { $0.name == .critical }) {
            writer.write(.breakerTripped(BreakerTripped(breaker: .critical, why: words, until: nil)))
        }
        writer.say(.critical(words))
        return writer.events
    }
}
