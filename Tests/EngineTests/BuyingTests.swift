// When the odds no longer pay for the costs, that is a state with a beginning and an end, told once each.
import Engine
import Events
import Kernel
import Ports
import Settings
import TestSupport
import Testing
import Trading

@Suite("Not buying")
struct BuyingTests {
    /// Costs of 2 % a trade and no probes: no odds of this ladder pay.
    private func world() throws -> EngineWorld {
        try EngineWorld { settings in
            settings.fills.fee = "0.01"
            settings.risk.probeUntilTrades = 0
        }
    }

    private func hours(_ world: EngineWorld, _ count: Int, _ parts: (EngineWorld) -> Parts = { $0.parts }) async throws {
        for _ in 0..<count {
            _ = try await HourlyCycle(parts(world)).run(CycleId(hour: world.clock.now.floored(to: .hours(1))))
            world.clock.advance(by: .hours(1))
        }
    }

    /// The same world where a young account still probes.
    private func probing(_ world: EngineWorld) -> Parts {
        var settings = world.settings
        settings.risk.probeUntilTrades = 100
        let parts = world.parts
        return Parts(
            settings: settings, journal: parts.journal, market: parts.market, exchange: parts.exchange, clock: parts.clock,
            observer: parts.observer, panel: parts.panel,
            hash: parts.hash, compress: parts.compress, killSwitch: parts.killSwitch, versions: parts.versions)
    }

    private func told(_ world: EngineWorld, _ word: String) -> Int {
        world.journal.events.count { if case .messageQueued(let message) = $0 { "\(message.message)".hasPrefix(word) } else { false } }
    }

    @Test("it begins with the third hour in a row in which nothing pays, is said once, and stands at the head of each summary")
    func begins() async throws {
        let world = try world()
        world.buys(aaa, bbb)
        try await hours(world, 2)
        #expect(world.refusals.values.allSatisfy { $0.contains("do not pay") } && world.refusals.count == 2, "\(world.refusals)")
        #expect(try world.book.troubles.isEmpty)
        try await hours(world, 4)
        let trouble = try #require(try world.book.trouble(.notBuying))
        #expect(trouble.since == fourteen + .hours(2) && trouble.why.contains("no closed trade shows an edge"))
        #expect(
            told(world, "troubleBegan") == 1 && world.summaries.suffix(4).allSatisfy { $0.contains("Nothing is bought") }
                && !world.messages.contains(.critical))
    }

    @Test("an hour in which nothing is agreed on neither counts nor ends it")
    func emptyHours() async throws {
        let world = try world()
        world.buys(aaa)
        try await hours(world, 2)
        world.buys()
        try await hours(world, 3)
        #expect(try world.book.troubles.isEmpty && world.book.unpaidHours == 2)
        world.buys(aaa)
        try await hours(world, 1)
        world.buys()
        try await hours(world, 2)
        #expect(try world.book.trouble(.notBuying) != nil)
    }

    @Test("it ends, and that is said, when something is worth buying again")
    func ends() async throws {
        let world = try world()
        world.buys(aaa)
        try await hours(world, 3)
        #expect(try world.book.trouble(.notBuying) != nil)
        try await hours(world, 1, probing)
        #expect(try world.book.troubles.isEmpty && world.book.unpaidHours == nil)
        #expect(told(world, "troubleEnded") == 1 && world.exchange.submitted.count == 1)
    }
}
