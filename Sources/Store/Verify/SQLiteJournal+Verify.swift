// Proof that the memory is what was written: every link, and everything that stands beside the chain held against
// what the chain says of it.
import Foundation
import GRDB
public import Ports

public struct Verification: Hashable, Sendable {
    /// Links, all of them whole.
    public let entries: Int
    /// What stands beside the chain and is not what the chain says, in words for people; empty if all agrees.
    public let faults: [String]

    /// How many faults of each kind are named; the rest are counted.
    static let limit = 10
}

extension SQLiteJournal {
    /// Verifies every link from the first, folds them, and compares the book and the readings with that, content with its
    /// hashes, the tables with this program's own, the checkpoint and the anchor with the chain, and lets SQLite check the file.
    /// - Parameter mark: a mark that somebody kept.
    /// - Parameter progress: called now and then with how many of how many links were read.
    /// - Throws: `damaged` with the first bad link.
    public func verify(against mark: ChainMark? = nil, progress: (_ read: Int, _ all: Int) -> Void = { _, _ in }) throws(JournalError) -> Verification
    {
        // Before the snapshot is taken: an entry that another process adds meanwhile is no entry that was cut off.
        let witness = anchor.read()
        return try access {
            try read { db in
                guard try Chain.exists(db) else { return Verification(entries: 0, faults: []) }
                let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM events") ?? 0
                let count = try Chain.verify(db, after: 0, hash: Chain.genesis) { progress($0, all) }
                var readings = ReadingsCheck(), content = ContentCheck()
                let state = try Fold.all(db) { sequence, event, _, time in
                    try readings.look(event, sequence, at: time, db)
                    content.note(event, at: time)
                }
                var faults = try outside(db, head: state, mark, witness)
                faults += try StoredBook.faults(db, folded: state)
                faults += try readings.faults(db)
                faults += try content.faults(db)
                faults += try SchemaCheck.faults(db)
                faults += try integrity(db)
                return Verification(entries: count, faults: faults)
            }
        }
    }

    /// How the checkpoint, the anchor and a kept mark contradict the chain.
    private func outside(_ db: Database, head: BookState, _ mark: ChainMark?, _ witness: JournalAnchor.Content) throws -> [String] {
        var doubts: [Doubt?] = [try mark?.doubt(db, head: head.sequence), try anchor.doubt(witness, db, head: head.sequence)]
        if let row = try Row.fetchOne(db, sql: "SELECT seq, hash FROM checkpoint WHERE id = 1") {
            doubts.append(try Chain.doubt(ofCheckpoint: row, db, head: head.sequence))
        }
        return doubts.compactMap { $0?.description }
    }

    /// SQLite's own check of the file, indexes included.
    private func integrity(_ db: Database) throws -> [String] {
        let found = try String.fetchAll(db, sql: "PRAGMA integrity_check(\(Verification.limit))")
        return found == ["ok"] ? [] : found.map { "\(path) is damaged (\($0)); restore a backup" }
    }
}

extension Array where Element == String {
    /// The first few, and how many there are.
    func limited(_ what: String) -> [String] {
        count <= Verification.limit ? self : Array(prefix(Verification.limit)) + ["and \(count - Verification.limit) more \(what)"]
    }
}
