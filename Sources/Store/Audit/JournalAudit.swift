// A second opinion on the journal: whether money is conserved and every position was protected, worked
// out from the raw rows alone. It shares no code with the executor, the book or the ledger, so that a
// mistake in one of them cannot hide itself here.
import GRDB
public import Kernel
public import Ports

public enum JournalAudit {
    /// One thing that is wrong, and the journal entry that shows it.
    public struct Finding: Hashable, Sendable, CustomStringConvertible {
        public enum Figure: String, Sendable { case ledgerImbalance, unprotectedSeconds }
        public let figure: Figure
        /// The journal entry; for what is still wrong at the end, the last one.
        public let sequence: Int64
        public let text: String
        public var description: String { "entry \(sequence): \(text)" }
    }

    public struct Result: Hashable, Sendable {
        /// Sum of all absolute differences, each in units of its own asset; zero if every amount is accounted for.
        public var ledgerImbalance = FixedDecimal.zero
        /// Seconds, over all positions, in which a part of a position had no armed stop; rounded up.
        public var unprotectedSeconds = 0
        /// The first `findingLimit` findings in the order of the journal.
        public var findings: [Finding] = []
        /// When and why nobody acted on a stop, the newest `findingLimit` in the order they ended.
        public private(set) var unguarded: [Unguarded] = []
        /// All findings, also those not kept.
        public var findingCount = 0
        /// The moment of the last entry; nil without one.
        public var end: Timestamp?
        /// A demo's journal, whose time is not the clock's.
        public var isVirtual = false
        /// Journal entries read.
        public var entriesRead = 0
        public var cyclesClosed = 0
        /// Of those, cycles in which nothing was decided.
        public var cyclesSkipped = 0
        public var cyclesMissed = 0
        /// Positions opened.
        public var entries = 0
        public var tradesClosed = 0
        /// Exits by reason (`STOP_LOSS`, …).
        public var exits: [String: Int] = [:]
        /// The first deposit; nil before it.
        public var equityStart: FixedDecimal?
        /// The equity marked last; nil before the first mark.
        public var equityEnd: FixedDecimal?

        public static let findingLimit = 100
        public var isClean: Bool { ledgerImbalance.isZero && unprotectedSeconds == 0 && findingCount == 0 }

        mutating func find(_ figure: Finding.Figure, _ sequence: Int64, _ text: String) {
            findingCount += 1
            if findings.count < Self.findingLimit { findings.append(Finding(figure: figure, sequence: sequence, text: text)) }
        }

        mutating func add(_ span: Unguarded) {
            if unguarded.count == Self.findingLimit { unguarded.removeFirst() }
            unguarded.append(span)
        }

        /// A difference between what is and what should be; nothing if it is zero.
        mutating func differ(_ difference: FixedDecimal, _ sequence: Int64, _ text: @autoclosure () -> String) {
            guard !difference.isZero else { return }
            ledgerImbalance += difference.magnitude
            find(.ledgerImbalance, sequence, text())
        }
    }
}

extension SQLiteJournal {
    /// Reads the whole journal once, in order, keeping only what is open. The chain's hashes are not trusted and not looked at.
    public func audit() throws(JournalError) -> JournalAudit.Result {
        try access {
            try read { db in
                // The texts of entries that no figure depends on are not even fetched.
                let rows = try Row.fetchCursor(
                    db,
                    sql: """
                        SELECT seq, at, kind, CASE WHEN kind IN (\(AuditFold.wordless)) THEN '' ELSE body END AS body FROM events ORDER BY seq
                        """)
                var fold = AuditFold()
                while let row = try rows.next() {
                    // Read without trust: a column may hold anything.
                    fold.read(
                        Int64.fromDatabaseValue(row[0]) ?? 0, Int64.fromDatabaseValue(row[1]).map(Timestamp.init), String.fromDatabaseValue(row[2]),
                        String.fromDatabaseValue(row[3]))
                }
                return fold.finished()
            }
        }
    }
}
