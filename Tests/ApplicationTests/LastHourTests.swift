// Which problems of the last report are told until the next one, and since when.
import Events
import Kernel
import Ports
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
    private func session(_ hours: [(skipped: String?, problems: [String])], troubles: Int = 0) throws -> Session {
        let start = Timestamp(iso8601: "2026-01-05T00:00:00Z")!, folder = HomeFolder(path: scratch.home),
            clock = FakeClock(start + .hours(hours.count))
        try folder.prepare()
        let session = Session(
            scratch.caller, LoadedConfiguration(settings: .default, file: nil), folder, try SQLiteJournal(path: folder.journal), clock: clock)
        try Opening.open(
            session.journal, as: JournalOpened(world: "test", start: nil, mode: "paper", quote: .usdt), deposit: Money("1000", .usdt), at: start)
        for (index, hour) in hours.enumerated() {
            let time = start + .hours(index), heads = (0..<troubles).map { "■ trouble \($0)" } + hour.problems.map { "■ words of \($0)" }
            try session.journal.commit(at: time) { book in
                let closed = CycleClosed(
                    cycle: CycleId(hour: time), funnel: Funnel(listed: 0, liquid: 0, shortlisted: 0, agreed: 0, entered: 0), skipped: hour.skipped,
                    modelCost: .zero, calls: 0, problems: hour.problems.isEmpty ? nil : hour.problems)
                let text = (heads + ["Equity 1 000"]).joined(separator: "\n")
                return [.cycleClosed(closed)]
                    + (closed.hasReport ? [.messageQueued(MessageQueued(number: book.nextMessage, kind: .summary, html: text, plain: text))] : [])
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
        let none: [String] = []
        let session = try session(
            [
                (nil, ["noAgreement"]), (nil, none), (nil, ["noAgreement"]), ("interrupted", none), ("no prices", ["noAgreement", "skipped"]),
                ("interrupted", none)
            ], troubles: 2)
        #expect(try lines(session) == ["words of noAgreement, since 02:00, last in the report of 04:00", "words of skipped, in the report of 04:00"])
    }

    @Test(
        "after an hour in which all was well nothing is repeated, nor what is told as it is now",
        arguments: [[], ["halt", "breaker:dayLoss", "blind:BTC/USDT", "strategy:gone"]])
    func nothing(_ keys: [String]) throws {
        #expect(try lines(try session([(nil, ["noAgreement"]), (nil, keys)])) == [])
    }

    @Test("before the first hour there is nothing, and an entry of an older version tells that nothing was decided")
    func older() throws {
        #expect(try lines(try session([])) == [])
        #expect(try lines(try session([("no prices", [])])) == ["No decision this hour: no prices, in the report of 00:00"])
    }
}
