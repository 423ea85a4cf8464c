// Which problems of the last report are told until the next one, and since when.
import Events
import Kernel
import Market
import Ports
import Risk
import Settings
import SettingsFiles
import Store
import TestSupport
import Testing
import Trading

@testable import Application
@testable import Engine

@Suite("The last hour's problems")
struct LastHourProblemTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    /// A journal with hours that end as told; the last summary tells each key of the last of them.
    private func session(_ hours: [(skipped: String?, problems: [HourProblem])]) throws -> Session {
        let start = Timestamp(iso8601: "2026-01-05T00:00:00Z")!, folder = HomeFolder(path: scratch.home),
            clock = FakeClock(start + .hours(hours.count))
        try folder.prepare()
        let session = Session(
            scratch.caller, LoadedConfiguration(settings: .default, file: nil), folder, try SQLiteJournal(path: folder.journal), clock: clock)
        try Opening.open(
            session.journal, as: JournalOpened(world: "test", start: nil, mode: "paper", quote: .usdt), deposit: Money("1000", .usdt), at: start)
        for (index, hour) in hours.enumerated() {
            let time = start + .hours(index), keys = hour.problems.map(\.key)
            try session.journal.commit(at: time) { book in
                let closed = CycleClosed(
                    cycle: CycleId(hour: time), funnel: Funnel(listed: 0, liquid: 0, shortlisted: 0, agreed: 0, entered: 0), skipped: hour.skipped,
                    modelCost: .zero, calls: 0, problems: keys.isEmpty ? nil : keys)
                let report = HourlyReport(
                    time: time, next: time + .hours(1), mode: "paper", world: "test", quote: .usdt, equity: "1000", dayChange: nil, sinceStart: nil,
                    startedAt: nil, holdingAll: nil, deciders: .panel("indicators"), problems: hour.problems.map { .init($0, isTold: false) })
                return [.cycleClosed(closed)]
                    + (closed.hasReport ? [.messageQueued(MessageQueued(number: book.nextMessage, .summary(report)))] : [])
            }
        }
        return session
    }

    private func lines(_ session: Session) throws -> [String] {
        let last = try LastHour(session, session.journal.book())
        return last.problems.map(last.line)
    }

    @Test("each problem has the first hour of those in a row that told it; hours that broke off told nothing and end nothing")
    func since() throws {
        let none: [HourProblem] = [], silent = HourProblem.noAgreement(needed: 2, voters: 2, silent: ["trend"])
        let session = try session([
            (nil, [silent]), (nil, none), (nil, [silent]), ("interrupted", none), ("no prices", [silent, .skipped(why: "no prices")]),
            ("interrupted", none)
        ])
        #expect(
            try lines(session) == [
                "No agreement is possible: 2 of 2 voters must agree, trend answered nothing, since 02:00, last in the report of 04:00",
                "No decision this hour: no prices, in the report of 04:00"
            ])
    }

    @Test(
        "after an hour in which all was well nothing is repeated, nor what is told as it is now",
        arguments: [
            [],
            [
                HourProblem.halted(why: "holiday"), .breaker(.dailyLoss, .said("enough"), until: nil), .blind(Symbol("BTC/USDT")!),
                .strategyUnusable("gone")
            ]
        ])
    func nothing(_ problems: [HourProblem]) throws {
        let silent = HourProblem.noAgreement(needed: 2, voters: 2, silent: ["trend"])
        #expect(try lines(try session([(nil, [silent]), (nil, problems)])) == [])
    }

    @Test("before the first hour there is nothing, and of a report in an older version's words it is known that nothing was decided")
    func older() throws {
        #expect(try lines(try session([])) == [])
        let session = try session([("no prices", [])])
        try session.journal.commit(at: session.clock.now) { book in
            [.messageQueued(MessageQueued(number: book.nextMessage, .worded(.summary, MessageText(html: "?", plain: "?"))))]
        }
        #expect(try lines(session) == ["No decision this hour: no prices, in the report of 00:00"])
    }
}
