// Messages that did not reach their channel, with what the channel said.
import Domain
import GRDB
import Ports

/// A message that waits after a try, or waits too long, or was given up.
public struct Undelivered: Hashable, Sendable {
    public let number: Int64
    public let at: Timestamp
    public let attempts: Int
    /// Nobody tries it again.
    public let isGivenUp: Bool
    /// What the channel said last; nil where it was not tried.
    public let why: String?
}

extension SQLiteJournal {
    /// What waits although it was tried or is older than `patience`, and what was given up within the last day, oldest first.
    public func undelivered(channel: String, at now: Timestamp, patience: Duration = .minutes(5)) throws(JournalError) -> [Undelivered] {
        try access {
            try queue.read { db in
                try Row.fetchAll(db, sql: """
                    SELECT m.number, m.at, coalesce(d.attempts, 0) AS attempts, coalesce(d.state, 'queued') AS state, d.why
                    FROM messages m LEFT JOIN deliveries d ON d.number = m.number AND d.channel = ?1
                    WHERE m.number > (SELECT min(number) FROM deliveries WHERE channel = ?1)
                      AND (coalesce(d.state, 'queued') = 'queued' AND (coalesce(d.attempts, 0) > 0 OR m.at < ?2) OR d.state = 'failed' AND m.at >= ?3)
                    ORDER BY m.number
                    """, arguments: [channel, (now - patience).milliseconds, (now - .days(1)).milliseconds]).map { row in
                    Undelivered(number: row["number"], at: Timestamp(milliseconds: row["at"]), attempts: row["attempts"],
                                isGivenUp: row["state"] == OutboxState.failed.rawValue, why: row["why"])
                }
            }
        }
    }
}
