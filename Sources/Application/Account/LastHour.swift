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
        package let what: HourProblem
        /// The first of the reports in a row that said it.
        package let since: Timestamp

        /// The report's own words.
        package var words: String { what.words }
        /// Over by now in all likelihood, or asked anew by whoever wants to know.
        package var isPast: Bool {
            switch what {
            case .missed, .source: true
            default: false
            }
        }
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
        problems =
            try newest.map { try Self.told(session, in: $0) }?.filter { Self.isNews($0, session, book) }
            .map { Problem(what: $0, since: since[$0.key] ?? newest?.cycle.hour ?? session.clock.now) } ?? []
    }

    /// What the report began with. Of one whose words an older version made only the skipped hour is known as a value.
    private static func told(_ session: Session, in closed: CycleClosed) throws -> [HourProblem] {
        guard !closed.told.isEmpty else { return [] }
        if case .summary(let report) = try session.journal.lastSummary()?.message { return report.problems.map(\.what) }
        return closed.skipped.map { [.skipped(why: $0)] } ?? []
    }

    /// Whether only the report can say it: a fact whose present state is known is shown from there, and one that is over not at all.
    private static func isNews(_ problem: HourProblem, _ session: Session, _ book: Book) -> Bool {
        switch problem {
        case .halted, .breaker: false
        case .clock: book.trouble(.clock) == nil
        case .strategyUnusable(let words): session.configuration.unusable.contains { $0.description == words }
        case .blind(let symbol):
            book.trouble(.blind, symbol.description) == nil && book.main.openPositions.contains { $0.symbol == symbol }
        default: true
        }
    }

    /// `No decision this hour: binance instruments: unreachable, since 09:00, last in the report of 12:00`.
    package func line(_ problem: Problem) -> String {
        guard let hour = cycle?.hour else { return problem.words }
        func told(_ time: Timestamp) -> String { Format.moment(time, now: now, in: zone) }
        return SafeText.line(Format.moments(in: problem.words, now: now, in: zone))
            + (problem.since < hour ? ", since \(told(problem.since)), last" : ",")
            + " in the report of \(told(hour))"
    }
}
