// The book from nothing: every event of the chain, in its order.
import Dispatch
import Events
import Foundation
import GRDB
import Kernel
import Ports

/// A book and the link it belongs to.
typealias BookState = (sequence: Int64, hash: Data, book: Book)

struct Fold {
    private(set) var state: BookState = (0, Chain.genesis, Book())
    private var batch: [ChainRow] = []
    private static let batchSize = 1_000

    /// - Parameters:
    ///   - also: called with each event, as it is and as it is written, before it is folded in.
    ///   - progress: called now and then with how many events were folded.
    static func all(
        _ db: Database, also: (Int64, JournalEvent, EncodedEvent, Timestamp) throws -> Void = { _, _, _, _ in }, progress: (Int) -> Void = { _ in }
    ) throws -> BookState {
        var fold = Fold(), count = 0
        let rows = try Row.fetchCursor(db, sql: "SELECT seq, at, kind, key, body, hash FROM events ORDER BY seq")
        while let row = try rows.next() {
            guard let entry = ChainRow(row) else {
                try fold.takeIn(also)
                throw JournalError.damaged("journal entry \(fold.state.sequence + 1) was changed\(Chain.wayBack)", sequence: fold.state.sequence + 1)
            }
            fold.batch.append(entry)
            count += 1
            guard count % batchSize == 0 else { continue }
            try fold.takeIn(also)
            progress(count)
        }
        try fold.takeIn(also)
        return fold.state
    }

    private mutating func takeIn(_ also: (Int64, JournalEvent, EncodedEvent, Timestamp) throws -> Void) throws {
        for (entry, event) in zip(batch, Self.decoded(batch)) {
            let event = try event.get()
            try also(entry.sequence, event, entry.event, entry.time)
            do { try state.book.apply(event, at: entry.time) } catch {
                throw JournalError.damaged(
                    "journal entry \(entry.sequence) contradicts the ones before it (\(error))\(Chain.wayBack)", sequence: entry.sequence)
            }
            (state.sequence, state.hash) = (entry.sequence, entry.hash)
        }
        batch.removeAll(keepingCapacity: true)
    }

    /// Reading the text is nearly all of the work, and no text depends on another: it is done on all cores.
    private static func decoded(_ batch: [ChainRow]) -> [Result<JournalEvent, any Error>] {
        [Result<JournalEvent, any Error>](unsafeUninitializedCapacity: batch.count) { buffer, count in
            nonisolated(unsafe) let places = buffer
            DispatchQueue.concurrentPerform(iterations: batch.count) { index in
                let event = batch[index].event
                (places.baseAddress! + index).initialize(to: Result { try EventCoding.decode(kind: event.kind, body: event.body) })
            }
            count = batch.count
        }
    }
}
