// A journal is of one world, one start and one mode; another one on it is refused.
import Engine
import Events
import Kernel
import Ports
import TestSupport
import Testing
import Trading

@Suite("Opening a journal")
struct OpeningTests {
    private func open(
        _ journal: MemoryJournal, _ world: String, _ start: Timestamp? = nil, mode: String = "paper",
        at time: Timestamp = fourteen
    ) throws(JournalError) {
        try Opening.open(journal, as: JournalOpened(world: world, start: start, mode: mode, quote: .usdt), deposit: Money("1000", .usdt), at: time)
    }

    @Test("a live start on a paper journal with open positions is refused and changes nothing")
    func F076_paperThenLive() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        try await world.cycle()
        let commits = world.journal.commits
        #expect(throws: JournalError.self) { try open(world.journal, "fake", mode: "live") }
        #expect(world.journal.commits == commits)
        #expect(try world.position(aaa)?.status == .open)
    }

    @Test("another world or another start is another journal; real time goes on with what there is")
    func identity() throws {
        let journal = MemoryJournal()
        try open(journal, "synthetic:7", fourteen)
        #expect(throws: JournalError.self) { try open(journal, "synthetic:8", fourteen) }
        #expect(throws: JournalError.self) { try open(journal, "synthetic:7", fourteen + .hours(1)) }
        try open(journal, "synthetic:7", fourteen)
        try open(journal, "synthetic:7", nil, at: fourteen + .days(2))
        #expect(throws: JournalError.self) { try open(journal, "synthetic:7", nil, at: fourteen - .days(2)) }
    }
}
