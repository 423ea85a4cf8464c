// A cycle that takes longer than its hour, and an hour that ends while orders go out.
import Engine
import Events
import Kernel
import Settings
import TestSupport
import Testing
import Trading

@Suite("Overruns")
struct OverrunTests {
    @Test("a cycle that thinks into the next hour buys nothing, and the next hour is run as itself")
    func F062_cycleOverruns() async throws {
        let world = try EngineWorld()
        world.buys(aaa) { [clock = world.clock] in clock.advance(by: .minutes(65)) }
        #expect(try await world.cycle(fourteen) == .done(entries: 0))
        #expect(world.refusals[aaa]?.contains("old, limit") == true)
        let due = Schedule.due(at: world.clock.now, last: try world.book.lastCycle, world.settings.cycle)
        #expect(due == .run(CycleId(hour: fourteen + .hours(1)), missed: nil))
        world.buys(aaa)
        #expect(try await world.cycle() == .done(entries: 1))
    }

    @Test("an hour that ends while orders go out does not change their cycle or their ids")
    func F063_hourEndsWhileSending() async throws {
        let world = try EngineWorld()
        world.clock.advance(by: TimeSpan(milliseconds: 3_599_000))
        world.buys(aaa, bbb)
        world.exchange.onSubmit { [clock = world.clock, exchange = world.exchange] order in
            clock.advance(by: .seconds(2))
            return await exchange.truth(order)
        }
        #expect(try await world.cycle(fourteen) == .done(entries: 2))
        #expect(world.exchange.submitted.map(\.text) == ["C\(EngineWorld.epoch)T0001E1", "C\(EngineWorld.epoch)T0002E1"])
        #expect(try world.book.lastCycle == CycleId(hour: fourteen))
        #expect(try world.book.main.openPositions.allSatisfy { $0.cycle == CycleId(hour: fourteen) })
    }
}
