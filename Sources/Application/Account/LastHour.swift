// What the newest report began with and only a report says: an hour in which nothing could be decided, analysts that
// answered nothing. For whoever looks between two reports, with the hour since which each report says it.
package import Events
package import Kernel
import Market
import Messaging
import Ports
import SettingsFiles
import Store
package import Trading

package struct LastHour {
    package struct Problem {
        package let key: String
        /// The report's own words.
        package let words: String
        /// The first of the reports in a row that said it.
        package let since: Timestamp

        /// Over by now in all likelihood, or asked anew by whoever wants to know.
        package var isPast: Bool { key == "missed" || key.hasPrefix("source:") }
    }
    /// nil before the first report.
    package let cycle: CycleId?
    package let problems: [Problem]
    private let now: Timestamp
    private let zone: DisplayZone

    package init(_ session: Session, _ book: Book) throws {
        now = session.clock.now
        zone = session.zone
        var newest: CycleClosed?, since: [String: Timestamp] = [:], standing: Set<String> = []
        try session.journal.reportedCycles { closed in
            if newest == nil { (newest, standing) = (closed, Set(closed.told)) }
            standing.formIntersection(closed.told)
            for key in standing { since[key] = closed.cycle.hour }
            return !standing.isEmpty
        }
        cycle = newest?.cycle
        let keys = newest?.told ?? [], words = try newest.map { try Self.words(session, of: $0) } ?? []
        problems = zip(keys, words).filter { Self.isNews($0.0, session, book) }
            .map { key, words in Problem(key: key, words: words, since: since[key] ?? newest?.cycle.hour ?? session.clock.now) }
    }

    /// What a report begins with: first what lasts, then these, each on a line of its own.
    private static func words(_ session: Session, of closed: CycleClosed) throws -> [String] {
        let keys = closed.told
        guard !keys.isEmpty else { return [] }
        let lines =
            try session.journal.lastSummary()?.plain.split(separator: "\n").prefix { $0.hasPrefix("■ ") }.map { String($0.dropFirst(2)) } ?? []
        return lines.count >= keys.count
            ? lines.suffix(keys.count) : keys.map { $0 == "skipped" ? "No decision this hour: \(closed.skipped ?? "")" : $0 }
    }

    /// Whether only the report can say it: a fact whose present state is known is shown from there, and one that is over not at all.
    private static func isNews(_ key: String, _ session: Session, _ book: Book) -> Bool {
        if key == "halt" || key.hasPrefix("breaker:") { return false }
        if key == "clock" { return book.trouble(.clock) == nil }
        if key.hasPrefix("strategy:") { return session.configuration.unusable.contains { key == "strategy:\($0)" } }
        guard key.hasPrefix("blind:") else { return true }
        let symbol = String(key.dropFirst(6))
        return book.trouble(.blind, symbol) == nil && book.openPositions.contains { $0.symbol.description == symbol }
    }

    /// `No decision this hour: binance instruments: unreachable, since 09:00, last in the report of 12:00`.
    package func line(_ problem: Problem) -> String {
        guard let hour = cycle?.hour else { return problem.words }
        func told(_ time: Timestamp) -> String { Format.moment(time, now: now, in: zone) }
        return SafeText.line(problem.words) + (problem.since < hour ? ", since \(told(problem.since)), last" : ",")
            + " in the report of \(told(hour))"
    }
}
