// One CSV file as a reading of the journal: which entries make its rows, and how.
import Events
import GRDB
import Kernel

struct CSVTable: Sendable {
    let name: String
    let header: [String]
    /// The kinds of entry that make rows.
    let kinds: [EventKind]
    /// Rows of one entry, without the last column, which is the entry's number. A pure function of the chain.
    let rows: @Sendable (JournalLine, Database) throws -> [[CSVCell]]

    static let all = [trades, signals]

    /// All text of one entry; empty if it makes no row.
    func text(of line: JournalLine, _ db: Database) throws -> [UInt8] {
        try rows(line, db).flatMap { CSVCell.line($0 + [.number(FixedDecimal(Int(line.sequence)))]) }
    }

    var headerLine: [UInt8] { CSVCell.line((header + ["journal entry"]).map(CSVCell.text)) }

    /// The entry with that number; nil if there is none, or it is of a kind that makes no row here.
    func line(_ sequence: Int64, _ db: Database) throws -> JournalLine? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT at, body, kind FROM events WHERE seq = ? AND kind IN (\(places))"),
            arguments: [sequence]
        )
        .map { row in
            JournalLine(
                sequence: sequence, at: try row.time("at"), event: try EventCoding.decode(kind: try row.read("kind"), body: try row.read("body")))
        }
    }

    /// The numbers of all entries after one that may make rows.
    func sequences(after sequence: Int64, _ db: Database) throws -> [Int64] {
        try Int64.fetchAll(
            db, sql: "SELECT seq FROM events WHERE kind IN (\(places)) AND seq > ? ORDER BY seq", arguments: [sequence])
    }

    private var places: String { kinds.map { EventKind.list($0) }.joined(separator: ",") }
}

/// An entry that makes rows.
struct JournalLine {
    let sequence: Int64
    let at: Timestamp
    let event: JournalEvent
}
