// Every breaker, its limit and whether it is tripped; and a person's word that one of them may go on.
package import Events
import Kernel
import Ports
package import Risk
import Settings
import Store

package struct BreakerList: Sendable {
    package let session: Session
    package let book: Book
    package let rows: [(name: BreakerName, tripped: TrippedBreaker?)]

    package init(_ session: Session) throws {
        self.session = session
        let book = try session.journal.book(), now = session.clock.now
        self.book = book
        rows = BreakerName.allCases.map { name in (name, book.main.breakers[name.rawValue].flatMap { $0.isActive(at: now) ? $0 : nil }) }
    }

    /// - Parameter reason: why it may go on; kept in the journal.
    /// - Returns: whether it was tripped.
    package static func reset(_ name: BreakerName, reason: String, _ caller: Caller) async throws -> Bool {
        let session = try await Session.writing(caller), now = session.clock.now
        var reset = false
        try session.journal.commit(at: now) { book in
            reset = book.main.breakers[name.rawValue]?.isActive(at: now) ?? false
            return reset ? [.breakerReset(BreakerReset(breaker: name, reason: SafeText.typed(reason)))] : []
        }
        return reset
    }
}
