// What happened between two moments: trades, equity, cycles.
public import Events
import GRDB
public import Kernel
public import Ports

extension SQLiteJournal {
    /// Trades closed at or after `start` and before `end`, oldest first.
    public func trades(from start: Timestamp = .earliest, to end: Timestamp = .latest) throws(JournalError) -> [TradeClosed] {
        try access {
            try self.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT e.kind, e.body FROM \(ReadingSource.trades(db)) t LEFT JOIN events e ON e.seq = t.seq
                        WHERE t.closed_at >= ? AND t.closed_at < ? ORDER BY t.closed_at, t.trade
                        """, arguments: [start.milliseconds, end.milliseconds]
                )
                .compactMap { row in
                    guard case .tradeClosed(let trade) = try EventCoding.decode(kind: try row.read("kind"), body: try row.read("body")) else {
                        return nil
                    }
                    return trade
                }
            }
        }
    }

    /// Equity marks in that time, oldest first.
    public func equityCurve(from start: Timestamp = .earliest, to end: Timestamp = .latest) throws(JournalError) -> [(
        time: Timestamp, mark: EquityMarked
    )] {
        try events(.equityMarked, from: start, to: end).compactMap { entry in
            if case .equityMarked(let mark) = entry.event { (entry.at, mark) } else { nil }
        }
    }

    /// The next entries behind one, oldest first: a long journal is read page by page.
    public func entries(after sequence: Int64, limit: Int) throws(JournalError) -> [JournalEntry] {
        try access { try self.read { try Self.entries($0, "seq > ? AND seq <= ?", [sequence, sequence + Int64(limit)]) } }
    }

    /// Entries of one kind in that time, oldest first.
    public func events(_ kind: EventKind, from start: Timestamp = .earliest, to end: Timestamp = .latest) throws(JournalError) -> [JournalEntry] {
        try access {
            try self.read {
                try Self.entries($0, "kind IN (\(EventKind.list(kind))) AND at >= ? AND at < ?", [start.milliseconds, end.milliseconds])
            }
        }
    }
}

extension Timestamp {
    /// Before and after everything a journal can hold.
    public static let earliest = Timestamp(milliseconds: .min / 4)
    public static let latest = Timestamp(milliseconds: .max / 4)
}
