// The book from nothing: every event of the chain, in its order.
import Events
import Foundation
import GRDB
import Kernel
import Ports

/// A book and the link it belongs to.
typealias BookState = (sequence: Int64, hash: Data, book: Book)

enum Fold {
    static func all(_ db: Database) throws -> BookState { try all(db) { _, _, _, _ in } }

    /// - Parameter also: called with each event, as it is and as it is written, before it is folded in.
    static func all(_ db: Database, also: (Int64, JournalEvent, EncodedEvent, Timestamp) throws -> Void) throws -> BookState {
        var state: BookState = (0, Chain.genesis, Book())
        let rows = try Row.fetchCursor(db, sql: "SELECT seq, at, kind, key, body, hash FROM events ORDER BY seq")
        while let row = try rows.next() {
            guard let entry = ChainRow(row) else {
                throw JournalError.damaged("journal entry \(state.sequence + 1) was changed\(Chain.wayBack)", sequence: state.sequence + 1)
            }
            let event = try EventCoding.decode(kind: entry.event.kind, body: entry.event.body)
            (state.sequence, state.hash) = (entry.sequence, entry.hash)
            try also(state.sequence, event, entry.event, entry.time)
            do { try state.book.apply(event, at: entry.time) } catch {
                throw JournalError.damaged(
                    "journal entry \(entry.sequence) contradicts the ones before it (\(error))\(Chain.wayBack)", sequence: entry.sequence)
            }
        }
        return state
    }
}
