// Every result of the application as a value: what a chat or a page would ask for and be given, without the program.
import Engine
import Events
import Kernel
import Market
import Risk
import Store
import TestSupport
import Testing
import Trading

@testable import Application

@Suite("Results without the program")
struct ResultTests {
    private let scratch: Scratch
    private var caller: Caller { scratch.caller }
    init() throws { scratch = try Scratch() }

    /// Twelve hours on the made-up market.
    private func demo(_ hours: Int = 12) async throws -> DemoResult { try await Demo(caller, DemoRequest(hours: hours, seed: 7)).run() }

    private func failure(_ act: () async throws -> Void) async -> Failure? {
        do { try await act() } catch { return Failure(any: error) }
        return nil
    }

    @Test("a demo tells its steps while it runs, and its result counts the journal it leaves behind")
    func demoResult() async throws {
        var messages = 0, last = 0
        let result = try await Demo(caller, DemoRequest(hours: 3, seed: 7)).run { step in
            messages += step.messages.count
            last = step.begun
        }
        #expect(result.hours == 3 && result.audit.cyclesClosed == 3 && messages > 3 && last == 3)
        #expect(result.audit.ledgerImbalance.isZero && result.audit.unprotectedSeconds == 0)
        let journal = try SQLiteJournal(path: scratch.home + "/journal.sqlite", mayWrite: false)
        #expect(try journal.book().main.openPositions.count == result.book.main.openPositions.count)
    }

    @Test("status, period, trades, breakers and the journal's proof agree with the book")
    func account() async throws {
        let demo = try await demo(), session = try Session.open(caller, .reading)
        let status = try Status(session), day = try Period(session, name: "day", days: nil), all = try Period(session, name: "month", days: 30)
        #expect(status.book.main.cash == demo.book.main.cash && status.halted == nil && status.watch == nil && status.head.count == 64)
        #expect(status.equity == day.trading.equity)
        let trades = try TradeList(session, days: nil)
        #expect(!trades.trades.isEmpty && trades.trades.count == all.trades.count && trades.trades.count == status.book.main.record.closed)
        #expect(all.pnl == trades.trades.reduce(FixedDecimal.zero) { $0 + $1.pnl })
        #expect(all.exitCounts.map(\.1).reduce(0, +) == trades.trades.reduce(0) { $0 + $1.exits.count })
        #expect(try BreakerList(session).rows.map(\.name) == BreakerName.allCases)
        let proof = try JournalProof(caller, against: nil)
        #expect(proof.isSound && proof.faults.isEmpty && proof.head == status.head && proof.entries > 12)
    }

    @Test("a story gathers all that is known of a trade, and of the cycle that decided it; who asks for another is told what there is")
    func story() async throws {
        _ = try await demo()
        let session = try Session.open(caller, .reading)
        let trade = try #require(try TradeList(session, days: nil).trades.first)
        let story = try Story(session, subject: trade.trade.text)
        #expect(story.symbol == trade.symbol && story.decided?.reviews.contains { $0.symbol == trade.symbol } == true)
        #expect(story.tradeEvents.contains { if case .tradeClosed = $0.event { true } else { false } } && story.calls.isEmpty)
        let cycle = try Story(session, subject: story.cycle.description)
        #expect(cycle.symbol == nil && cycle.snapshot != nil && cycle.tradeEvents.isEmpty)
        let unknown = await failure { _ = try Story(session, subject: "T9999") }
        #expect(unknown?.code == .data && unknown?.message.contains("T9999") == true)
    }

    @Test("halting and resuming return what was written down and what still pauses; a home without either has nothing to resume")
    func killSwitch() async throws {
        let missing = await failure { _ = try await KillSwitch(self.caller).resume("now") }
        #expect(missing?.code == .unavailable)
        #expect(try await KillSwitch(caller).halt("too \u{202E}hot") == "too hot")
        #expect(HomeFolder(path: scratch.home).killSwitch() == "too hot")
        #expect(scratch.said == ["carillon: the switch is on, but the journal could not be written"])
        #expect(try await KillSwitch(caller).resume("cooled") == [] && HomeFolder(path: scratch.home).killSwitch() == nil)
    }

    @Test("an hour and a minute are values too: what they said, did and left open, and the lock is free again")
    func rounds() async throws {
        let hour = try await HourRun(caller)
        #expect(hour.outcome.word == "done" && hour.messages.contains { $0.kind == .summary } && hour.equity != nil)
        await hour.finish()
        let again = try await HourRun(caller)
        #expect(again.outcome == .alreadyDone && again.cycle == hour.cycle && again.messages.isEmpty)
        let locked = await failure { _ = try await HourRun(self.caller) }
        #expect(locked?.code == .temporary)
        await again.finish()
        let minute = try await MinuteRun(caller)
        #expect(minute.open == hour.outcome.entries && minute.outcome.blind.isEmpty && minute.pending.isEmpty && minute.disputes.isEmpty)
        try await minute.finish()
    }

    @Test("closing sells what is named or everything, and names what is open to who asks for something else")
    func closing() async throws {
        let hour = try await HourRun(caller)
        await hour.finish()
        let open = try Session.open(caller, .reading).journal.book().main.openPositions.map(\.symbol)
        let other = await failure { _ = try await Closing.sell("NOPE", self.caller) }
        #expect(other?.code == .usage && open.allSatisfy { other?.message.contains($0.description) == true })
        let all = try await Closing.sell(nil, caller)
        #expect(Set(all.closed) == Set(open) && all.pending.isEmpty && all.isIdle == open.isEmpty)
        let nothing = try await Closing.sell(nil, caller)
        #expect(nothing.isIdle && nothing.closed.isEmpty)
    }

    @Test("money in and out, and a breaker's reset, return what they came to")
    func acts() async throws {
        await (try await HourRun(caller)).finish()
        let before = try Session.open(caller, .reading).journal.book().main.cash
        let paid = try await Movement.move("250.50", direction: 1, reason: "test", caller)
        #expect(paid.cash.amount == before + "250.50" && paid.deposited == "1250.50")
        #expect(await failure { _ = try await Movement.move("99999999", direction: -1, reason: "test", self.caller) }?.code == .data)
        #expect(await failure { _ = try await Movement.move("a lot", direction: 1, reason: "test", self.caller) }?.code == .usage)
        #expect(try await !BreakerList.reset(.streak, reason: "none", caller))
    }

    @Test("the doctor's findings are values; broken settings are one of them each, and ask nobody")
    func doctor() async throws {
        let found = await Doctor(caller, offline: true).examine()
        #expect(found.contains { $0.part == Doctor.settings && $0.level == .well } && found.contains { $0.part == "journal" && $0.level == .hint })
        let file = scratch.write("broken.yaml", "cycle: {interval: soon}\nunknownKey: 1\n")
        let broken = await Doctor(scratch.caller(config: file), offline: false).examine().filter(\.isConfiguration)
        #expect(broken.count == 2 && broken.allSatisfy { $0.part == Doctor.settings })
        let settings = await failure { _ = try Session.open(self.scratch.caller(config: file), .reading) }
        #expect(settings?.code == .configuration && settings?.message.isEmpty == true && scratch.said.joined().contains("unknownKey"))
    }
}
