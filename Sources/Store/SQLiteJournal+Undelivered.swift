// Messages that did not reach their channel, with what the channel said.
import Events
import GRDB
public import Kernel
import Notices
public import Ports

/// A message that waits after a try or for want of something, or waits too long, or was given up.
public struct Undelivered: Hashable, Sendable {
    public let number: Int64
    public let at: Timestamp
    public let attempts: Int
    /// Whether it was given up, so that nobody tries it again.
    public let isGivenUp: Bool
    /// What the channel said last, or why it could not be asked; nil if it was not tried.
    public let why: String?
}

extension SQLiteJournal {
    /// Messages that wait after a try, wait for a known reason or are older than `patience`, and those given up within the last day, oldest
    /// first.
    public func undelivered(channel: String, at now: Timestamp, patience: TimeSpan = .minutes(5)) throws(JournalError) -> [Undelivered] {
        try access {
            try read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT m.number, m.at, coalesce(d.attempts, 0) AS attempts, coalesce(d.state, 'queued') AS state, d.why
                        FROM \(ReadingSource.messages(db)) m LEFT JOIN deliveries d ON d.number = m.number AND d.channel = ?1
                        WHERE m.number > (SELECT min(number) FROM deliveries WHERE channel = ?1)
                          AND (coalesce(d.state, 'queued') = 'queued' AND (coalesce(d.attempts, 0) > 0 OR d.why IS NOT NULL OR m.at < ?2)
                               OR d.state = 'failed' AND m.at >= ?3)
                        ORDER BY m.number
                        """, arguments: [channel, (now - patience).milliseconds, (now - .days(1)).milliseconds]
                ).map { row in
                    Undelivered(
                        number: try row.read("number"), at: try row.time("at"), attempts: try row.read("attempts"),
                        isGivenUp: try row.read("state") == OutboxState.failed.rawValue, why: try row.read("why"))
                }
            }
        }
    }
}
