// What the panel said in every cycle of a journal, for a backtest to go by: only the few fields that it needs are read
// from the entries' texts, and one that cannot be read is damage, not a missing answer.
public import Analysis
import GRDB
import Kernel
import Market
public import Ports
import Trading

/// The verdicts of a journal, and where they are from.
public struct PanelRecord: Hashable, Sendable {
    /// The source of its prices, as `journalOpened` names it: `binance`, `synthetic:7`; nil in an empty journal.
    public let world: String?
    /// The models that were asked, as `vendor/model`, in alphabetical order; none if indicators answered alone.
    public let models: [String]
    /// By cycle, then in the order of the verdicts.
    public let answers: [RecordedAnswer]
}

extension SQLiteJournal {
    /// - Throws: `damaged` if a verdict cannot be read, or a cycle has two of one pair.
    public func panelRecord() throws(JournalError) -> PanelRecord {
        try access {
            try read { db in
                var answers: [RecordedAnswer] = [], seen: Set<[String]> = []
                let rows = try Row.fetchCursor(
                    db,
                    sql: """
                        SELECT seq, at, json_extract(body, '$.cycle') AS cycle, json_extract(verdict.value, '$.symbol') AS symbol,
                               json_extract(verdict.value, '$.isAgreed') AS agreed, json_extract(verdict.value, '$.conviction') AS conviction
                        FROM events, json_each(body, '$.verdicts') AS verdict WHERE kind IN (\(EventKind.list(.decided))) ORDER BY seq, verdict.key
                        """)
                while let row = try rows.next() {
                    guard let (cycle, answer) = Self.answer(row) else {
                        throw JournalError.damaged("\(path) holds a verdict that cannot be read", sequence: try row.read("seq"))
                    }
                    guard seen.insert([cycle.description, answer.symbol.description]).inserted else {
                        throw JournalError.damaged("\(path) holds two verdicts on \(answer.symbol) of \(cycle)", sequence: try row.read("seq"))
                    }
                    answers.append(answer)
                }
                return PanelRecord(
                    world: try String.fetchOne(
                        db, sql: "SELECT json_extract(body, '$.world') FROM events WHERE kind = 'journalOpened' ORDER BY seq LIMIT 1"),
                    models: try String.fetchAll(
                        db,
                        sql: """
                            SELECT DISTINCT json_extract(body, '$.vendor') || '/' || json_extract(body, '$.model') AS model FROM events
                            WHERE kind = 'callReserved' AND model IS NOT NULL ORDER BY model
                            """),
                    answers: answers)
            }
        }
    }

    private static func answer(_ row: Row) -> (CycleId, RecordedAnswer)? {
        guard let at = Int64.fromDatabaseValue(row["at"]), AuditRows.isTime(at),
            let cycle = String.fromDatabaseValue(row["cycle"]).flatMap({ CycleId($0) }),
            let symbol = String.fromDatabaseValue(row["symbol"]).flatMap({ Symbol($0) }), let agreed = Int64.fromDatabaseValue(row["agreed"]),
            0...1 ~= agreed,
            let conviction = String.fromDatabaseValue(row["conviction"]).flatMap({ FixedDecimal($0) }), conviction >= .zero, conviction <= .one
        else { return nil }
        return (
            cycle,
            RecordedAnswer(
                symbol: symbol, hour: cycle.hour, agreed: agreed == 1, conviction: Ratio(conviction), delay: Timestamp(milliseconds: at) - cycle.hour)
        )
    }
}
