// What happened between two moments: trades, equity, cycles.
public import Events
import GRDB
public import Kernel
public import Ports

extension SQLiteJournal {
    /// Trades closed at or after `start` and before `end`, oldest first.
    public func trades(from start: Timestamp = .earliest, to end: Timestamp = .latest) throws(JournalError) -> [TradeClosed] {
        try access {
            try self.queue.read { db in
                try String.fetchAll(
                    db, sql: "SELECT body FROM trades WHERE closed_at >= ? AND closed_at < ? ORDER BY closed_at, trade",
                    arguments: [start.milliseconds, end.milliseconds]
                )
                .compactMap { body in if case .tradeClosed(let trade) = try EventCoding.decode(kind: "tradeClosed", body: body) { trade } else { nil }
                }
            }
        }
    }

    /// Equity marks in that time, oldest first.
    public func equityCurve(from start: Timestamp = .earliest, to end: Timestamp = .latest) throws(JournalError) -> [(
        time: Timestamp, mark: EquityMarked
    )] {
        try events(kind: "equityMarked", from: start, to: end).compactMap { entry in
            if case .equityMarked(let mark) = entry.event { (entry.at, mark) } else { nil }
        }
    }

    /// Entries of one kind in that time, oldest first.
    public func events(kind: String, from start: Timestamp = .earliest, to end: Timestamp = .latest) throws(JournalError) -> [JournalEntry] {
        try access {
            try self.queue.read { try Self.entries($0, "kind = ? AND at >= ? AND at < ?", [kind, start.milliseconds, end.milliseconds]) }
        }
    }
}

extension Timestamp {
    /// Before and after everything a journal can hold.
    public static let earliest = Timestamp(milliseconds: .min / 4)
    public static let latest = Timestamp(milliseconds: .max / 4)
}
