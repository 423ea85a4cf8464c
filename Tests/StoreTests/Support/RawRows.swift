// A journal's rows as plain values, to be bent at will and written past every check.
import Foundation
import GRDB
import Testing

@testable import Store

struct RawRow {
    var at: Int64
    var kind: String
    var key: String
    var body: String

    /// Changes the entry's text as a tree.
    mutating func edit(_ change: (inout [String: Any]) -> Void) throws {
        var tree = try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
        change(&tree)
        body = String(decoding: try JSONSerialization.data(withJSONObject: tree, options: [.sortedKeys, .withoutEscapingSlashes]), as: UTF8.self)
    }
}

struct RawRows {
    var rows: [RawRow]

    /// The rows of a small true history.
    static func ofStory() throws -> RawRows {
        let folder = try TemporaryFolder()
        let journal = try SQLiteJournal(path: folder.file("journal.sqlite"))
        try Story(journal: journal).tell()
        return try RawRows(of: journal)
    }

    init(rows: [RawRow]) { self.rows = rows }

    init(of journal: SQLiteJournal) throws {
        rows = try journal.queue.read { db in
            try Row.fetchAll(db, sql: "SELECT at, kind, key, body FROM events ORDER BY seq")
                .map { RawRow(at: $0[0], kind: $0[1], key: $0[2], body: $0[3]) }
        }
    }

    /// Index of the `number`th row of a kind, in any version.
    func index(_ kind: String, _ number: Int = 0) -> Int { rows.indices.filter { rows[$0].kind.prefix { $0 != "." } == kind }[number] }

    mutating func edit(_ kind: String, _ number: Int = 0, _ change: (inout [String: Any]) -> Void) throws {
        try rows[index(kind, number)].edit(change)
    }

    /// Written with meaningless hashes by a second connection, then audited.
    func audit() throws -> JournalAudit.Result {
        let folder = try TemporaryFolder()
        return try write(to: folder).audit()
    }

    func write(to folder: TemporaryFolder) throws -> SQLiteJournal {
        let path = folder.file("journal.sqlite")
        let journal = try SQLiteJournal(path: path)
        let other = try DatabaseQueue(path: path)
        try other.write { db in
            for (index, row) in rows.enumerated() {
                try db.cachedStatement(sql: "INSERT INTO events(seq, at, kind, key, body, hash) VALUES (?, ?, ?, ?, ?, x'00')")
                    .execute(arguments: [index + 1, row.at, row.kind, row.key, row.body])
            }
        }
        return journal
    }
}
