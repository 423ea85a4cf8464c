// What reports and commands ask of the journal.
import Events
import Foundation
import GRDB
import Kernel
import Market
import Notices
import Ports
import Risk
import Testing
import Trading

@testable import Store

@Suite("What is asked of the journal")
struct QueryTests {
    private let folder: TemporaryFolder
    private let journal: SQLiteJournal
    private let story: Story

    init() throws {
        folder = try TemporaryFolder()
        journal = try SQLiteJournal(path: folder.file("journal.sqlite"))
        story = Story(journal: journal)
        try story.tell()
    }

    @Test("the start of a period counts, its end does not")
    func periods() throws {
        let end = story.at(72, seconds: 30), start = story.start
        #expect(try journal.trades(from: start, to: end).isEmpty)
        #expect(try journal.trades(from: end, to: end + .seconds(1)).map(\.trade) == [story.trade])
        #expect(try journal.cycles(from: start, to: story.at(120)).map(\.cycle) == [story.cycle, CycleId(hour: story.at(60))])
        #expect(try journal.cycles(from: start, to: story.at(1)).first?.funnel.entered == 1)
        #expect(try journal.equityCurve(from: start, to: story.at(121)).map(\.time) == [start, story.at(60), story.at(120)])
        #expect(try journal.equityCurve(from: start, to: story.at(121)).last?.mark.holdEverything == "1.001")
        #expect(try journal.missedCycles(from: start, to: story.at(500)).isEmpty)
        try journal.commit(at: story.at(300)) { _ in
            [.cycleMissed(CycleMissed(first: CycleId(hour: story.at(180)), last: CycleId(hour: story.at(240)), count: 2, why: "asleep"))]
        }
        #expect(try journal.missedCycles(from: start, to: story.at(500)).map(\.count) == [2])
    }

    @Test("size and messages by number")
    func sizeAndMessages() throws {
        #expect((journal.fileSize() ?? 0) > 10_000)
        #expect(try journal.messages(after: 4).map(\.number) == [5, 6])
        #expect(try journal.lastSummary()?.number == 6)
    }

    @Test("a new channel gets what is queued after it was opened, and only that")
    func newChannel() throws {
        #expect(try journal.outbox(channel: "telegram").isEmpty)
        try journal.open(channel: "telegram")
        #expect(try journal.outbox(channel: "telegram").isEmpty)
        try story.markHour(180)
        try journal.open(channel: "telegram")
        try journal.open(channel: "console")
        let waiting = try journal.outbox(channel: "telegram")
        #expect(waiting.map(\.id) == [7])
        #expect(waiting.first?.kind == .summary)
        #expect(waiting.first?.nextAttemptAt == story.at(180))
        #expect(try journal.outbox(channel: "console").isEmpty)
    }

    @Test("a channel that is opened before the first message misses none")
    func firstMessage() throws {
        let folder = try TemporaryFolder()
        let journal = try SQLiteJournal(path: folder.file("journal.sqlite"))
        try journal.open(channel: "telegram")
        try Story(journal: journal).tell()
        #expect(try journal.outbox(channel: "telegram").map(\.id) == Array(1...6))
    }

    @Test("what became of a message is kept over a restart and a rebuild")
    func deliveries() throws {
        try journal.open(channel: "telegram")
        try story.markHour(180)
        try story.markHour(240)
        let now = story.at(241)
        let waiting = try journal.outbox(channel: "telegram")
        try journal.apply(
            [
                Outbox.delivered(waiting[0], remoteId: "42"),
                Outbox.postponed(waiting[1], asked: .seconds(30), why: "busy", at: now)
            ], channel: "telegram")
        let again = try SQLiteJournal(path: journal.path)
        let head = try again.head()
        _ = try again.rebuild()
        #expect(try again.head() == head)
        let left = try again.outbox(channel: "telegram")
        #expect(left.map(\.id) == [8])
        #expect(left.first?.attempts == 1)
        #expect(left.first?.nextAttemptAt == now + .seconds(30))
        try again.apply([], channel: "telegram")
    }

    @Test("what a strategy judged is read back the same, and the book that is read at a start is the one of the chain")
    func strategies() throws {
        let ada = try #require(Symbol("ADA/USDT")), sol = try #require(Symbol("SOL/USDT")), close = try #require(Price("0.4712"))
        func judged(_ minutes: Int, _ unjudged: [StrategyJudged.Unjudged], _ signals: [StrategyJudged.Signal]) -> StrategyJudged {
            StrategyJudged(
                instance: InstanceTag(name: "trend-1", strategy: "trend", version: 2), timeframe: .m15, closedAt: story.at(minutes),
                settingsHash: "s", judged: 2,
                unjudged: unjudged, signals: signals)
        }
        let sale = StrategyJudged.Signal(
            side: .sell, close: close, readings: [.init(name: "ema_21", value: 0.1 + 0.2), .init(name: "rsi_14", value: -1e-300)],
            review: Review(symbol: ada, conviction: .one, price: nil, refusal: .noPrice))
        let events = [
            judged(180, [], []), judged(195, [.init(symbol: sol, why: "no candles")], [sale]),
            judged(210, [.init(symbol: sol, why: "no candles")], [])
        ]
        for event in events { try journal.commit(at: event.closedAt) { _ in [.strategyJudged(event)] } }
        let again = try SQLiteJournal(path: journal.path)
        #expect(try events.flatMap { try again.entries(about: $0.cycle.description) }.map(\.event) == events.map(JournalEvent.strategyJudged))
        let book = try again.book(), last = try #require(book.judged["trend-1"])
        #expect(last.closedAt == story.at(210) && last.unjudged.map(\.symbol) == [sol])
        // Sold or not, what was judged again without a signal is done with; what could not be judged is owed since the last time it was.
        #expect(last.exitsDone(ada) == story.at(210) && last.exitsDone(sol) == story.at(180))
        _ = try again.rebuild()
        #expect(try again.book() == book && journal.book() == book)
    }

    @Test("old content is let go, content that was kept again stays")
    func prune() throws {
        let old = Blob(hash: "a", bytes: [1]), used = Blob(hash: "b", bytes: [2])
        func keep(_ blobs: [Blob], _ days: Int) throws {
            try journal.commit(at: story.start + .days(days), blobs: blobs) { _ in [.killSwitchSet(KillSwitchSet(engaged: false, reason: ""))] }
        }
        try keep([old, used], 1)
        try keep([used], 80)
        #expect(try journal.pruneBlobs(before: story.start + .days(10)) == 1)
        #expect(try journal.blob("a") == nil)
        #expect(try journal.blob("b") == [2])
        #expect(try journal.verify().entries > 0)
    }

    @Test("a whole chain verifies, a changed link is named, a cut tail is seen")
    func chain() throws {
        let all = try RawRows(of: journal).rows.count
        #expect(try journal.verify() == Verification(entries: all, faults: []))

        let other = try DatabaseQueue(path: journal.path)
        try other.write { try $0.execute(sql: "DROP TRIGGER events_are_never_removed; DELETE FROM events WHERE seq = \(all)") }
        #expect(try journal.verify().faults.contains { $0.contains("entry \(all)") })
        try other.write { try $0.execute(sql: "DROP TRIGGER events_are_never_changed; UPDATE events SET body = body || ' ' WHERE seq = 5") }
        #expect { try journal.verify() } throws: { error in
            if case .damaged(_, sequence: 5)? = error as? JournalError { true } else { false }
        }
    }

    @Test("a damaged page is reported")
    func page() throws {
        try journal.queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        let handle = try #require(FileHandle(forUpdatingAtPath: journal.path))
        let size = try handle.seekToEnd()
        for page in stride(from: UInt64(4_096), to: size, by: 4_096) {
            try handle.seek(toOffset: page)
            try handle.write(contentsOf: Data(repeating: 0xFF, count: 64))
        }
        try handle.close()
        // Where the damage lies decides whether the file can still be opened; either way it is said.
        #expect((try? SQLiteJournal(path: journal.path).verify().faults.isEmpty) != true)
    }

    @Test("entries of a key are found through the index")
    func index() throws {
        let plan = try journal.queue.read {
            try Row.fetchAll($0, sql: "EXPLAIN QUERY PLAN SELECT seq FROM events WHERE key = 'x' AND key != '' ORDER BY seq")
        }
        #expect(plan.allSatisfy { ($0["detail"] as String).contains("events_by_key") })
    }
}
