// The book as it is kept: with the link it belongs to, the version of the fold that made it, and a hash over all of it,
// written in the commit of its events. A start acts on it only if all of that agrees.
import Events
import Foundation
import GRDB
import Ports
import Signing

enum StoredBook {
    /// The version of the book's shape and of the fold. Raise it if a field is added, or if the same events lead to another
    /// book than before: a book of another version is never read, it is made anew from the chain.
    static let version: Int64 = 2

    enum Kept {
        case sound(Book)
        /// No book, or one of another version or of an older file: it is folded from the chain.
        case outdated
        /// Not what was written; the doubt has the words for a person.
        case doubtful(Doubt)
    }

    /// Reads the book that is kept for the chain's head.
    static func read(_ db: Database, head: (sequence: Int64, hash: Data)) throws -> Kept {
        guard head.sequence > 0 else { return .outdated }
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM book WHERE id = 1") else {
            return .doubtful(.book("the stored account is gone"))
        }
        // The book of an older file has neither column.
        guard row.hasColumn("sum") || row.hasColumn("shape") else { return .outdated }
        guard ["seq", "hash", "body", "shape", "sum"].allSatisfy(row.hasColumn) else {
            return .doubtful(.book("the stored account was changed since it was written"))
        }
        let body = String.fromDatabaseValue(row["body"]) ?? "", sequence = Int64.fromDatabaseValue(row["seq"]) ?? 0
        let hash = Data.fromDatabaseValue(row["hash"]) ?? Data(), shape = Int64.fromDatabaseValue(row["shape"]) ?? 0
        guard Data.fromDatabaseValue(row["sum"]) == sum(sequence, hash, shape, body) else {
            return .doubtful(.book("the stored account was changed since it was written"))
        }
        guard sequence == head.sequence, hash == head.hash else {
            let kept = try Data.fetchOne(db, sql: "SELECT hash FROM events WHERE seq = ?", arguments: [sequence])
            return .doubtful(
                kept == hash
                    ? .book("the stored account stands at entry \(sequence), the journal at \(head.sequence)")
                    : .history("the stored account", sequence, head: head.sequence))
        }
        guard shape == version, let book = try? EventCoding.decodeBook(body) else { return .outdated }
        return .sound(book)
    }

    static func write(_ state: BookState, _ db: Database, as version: Int64 = version) throws {
        let body = try EventCoding.encode(book: state.book)
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO book(id, seq, hash, body, shape, sum) VALUES (1, ?, ?, ?, ?, ?)")
            .execute(arguments: [state.sequence, state.hash, body, version, sum(state.sequence, state.hash, version, body)])
    }

    /// Compares the stored book, byte for byte, with the fold of all events.
    static func faults(_ db: Database, folded: BookState) throws -> [String] {
        switch try read(db, head: (folded.sequence, folded.hash)) {
        case .doubtful(let doubt): return [doubt.description]
        case .outdated: return []
        case .sound:
            let row = try Row.fetchOne(db, sql: "SELECT id, seq, hash, body, shape, sum FROM book")
            let body = try EventCoding.encode(book: folded.book)
            let due: [any DatabaseValueConvertible] = [
                1, folded.sequence, folded.hash, body, version, sum(folded.sequence, folded.hash, version, body)
            ]
            return row.map { Array($0.databaseValues) } == due.map(\.databaseValue)
                ? []
                : ["the stored account is not what the journal's entries come to; carillon journal rebuild makes it anew"]
        }
    }

    private static func sum(_ sequence: Int64, _ hash: Data, _ shape: Int64, _ body: String) -> Data {
        Data(SHA256.digest([UInt8](hash) + Array("\n\(sequence)\n\(shape)\n\(body)".utf8)))
    }
}
