// Where the account stands, from the journal alone.
package import Events
package import Kernel
import Messaging
import Ports
import Settings
import SettingsFiles
package import Store
import Strategies
package import Trading

package struct Status: Sendable {
    package let session: Session
    package let book: Book
    package let now: Timestamp
    /// The head of the journal's chain.
    package let head: String
    /// Messages that no channel took.
    package let undelivered: [Undelivered]
    package let lastHour: LastHour
    /// nil for a demo, which nobody looks after once it is over.
    package let watch: Watch?
    /// When a monitor last finished a step; nil if none ever did.
    package let lastLooked: Timestamp?
    /// Why nothing is bought, while the kill switch is on.
    package let halted: String?

    package init(_ session: Session) throws {
        self.session = session
        book = try session.journal.book()
        now = session.clock.now
        head = try session.journal.head()
        lastHour = try LastHour(session, book)
        undelivered = session.settings.telegram.enabled ? try session.journal.undelivered(channel: Post.channel, at: now) : []
        watch = Watch(session, book)
        lastLooked = Heartbeat(session).last
        halted = session.folder.killSwitch() ?? book.killSwitch
    }

    /// When the next cycle is due.
    package var next: Timestamp { now.floored(to: session.settings.cycle.interval) + session.settings.cycle.interval }

    /// At the last prices known: what was sold since the last mark is cash, and what is still open counts as it did then.
    package var equity: FixedDecimal { book.main.equity(marks: [:]) }

    /// Whether the strategy that opened a position is listed no longer, so that only stop and targets sell it.
    package func isOrphaned(_ position: Position) -> Bool {
        guard let tag = position.strategy else { return false }
        return !session.configuration.instances.contains { $0.name == tag.name }
    }
}
