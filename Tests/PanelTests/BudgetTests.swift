// Money: reserved in the journal before a call, settled after it, capped by the day; what a crash leaves
// reserved is spent. And what a crash in the middle of a call leaves otherwise.
import Analysis
import Engine
import Events
import Kernel
import LanguageModels
import Ports
import Settings
import Store
import TestSupport
import Testing
import Trading

@Suite("What models may cost", .timeLimit(.minutes(30)))
struct BudgetTests {
    /// About 0.02 to 0.06 USD a call.
    static let prices = ["model-a": ModelPricing(input: "1", output: "5")]
    static let cycle = CycleId(hour: Bench.hour)

    @Test("a budget of nothing sends nothing, and says so")
    func F083_nothing() async throws {
        let bench = try Bench(), settings = Bench.settings(budget: .zero)
        let server = try ModelProvider.anthropic.willing()
        defer { server.stop() }
        let outcome = try await HourlyCycle(bench.parts(settings, bench.panel(settings, url: server.url, prices: Self.prices))).run(Self.cycle)
        #expect(outcome == .done(entries: 0) && server.requests.isEmpty)
        #expect(try bench.opinions(Self.cycle).first { $0.analyst == "candidates" }?.abstainReason?.hasPrefix("over budget") == true)
        #expect(try bench.reserved(Self.cycle).isEmpty)
    }

    @Test("no hour of many overdraws the day, a person is told once at 80 %, and the next day begins anew")
    func F083_cap() async throws {
        let bench = try Bench(), settings = Bench.settings(budget: "0.1")
        let server = try ModelProvider.anthropic.willing()
        defer { server.stop() }
        let panel = bench.panel(settings, url: server.url, prices: Self.prices)
        for hour in 0..<11 {
            _ = try await HourlyCycle(bench.parts(settings, panel)).run(CycleId(hour: Bench.hour + .hours(hour)))
            let budget = try bench.journal.book().budget
            #expect(budget.used(at: bench.clock.now) <= "0.1" && budget.peak(at: bench.clock.now) <= "0.1")
            bench.clock.advance(by: .hours(1))
        }
        let asked = server.requests.count
        let notices = try bench.journal.messages(after: 0).filter { $0.kind == .notice }
        #expect(notices.count == 1 && notices.first?.plain.contains("0.1 USD") == true)
        _ = try await HourlyCycle(bench.parts(settings, panel)).run(CycleId(hour: bench.clock.now))
        #expect(server.requests.count > asked)
    }

    @Test("what is booked is what was used, and the cycle reports it")
    func booked() async throws {
        let bench = try Bench(), settings = Bench.settings()
        let server = try ModelProvider.anthropic.willing()
        defer { server.stop() }
        _ = try await HourlyCycle(bench.parts(settings, bench.panel(settings, url: server.url, prices: Self.prices))).run(Self.cycle)
        // 5 × (1,000 × 1 + 100 × 5) / 1,000,000
        #expect(try bench.journal.book().budget.used(at: bench.clock.now) == "0.0075")
        let closed = try bench.events(Self.cycle).compactMap { if case .cycleClosed(let closed) = $0 { closed } else { nil } }.first
        #expect(closed?.modelCost == "0.0075" && closed?.calls == 5)
    }

    @Test("a call dearer than its prompt allows is not made")
    func dearerThanAllowed() async throws {
        let bench = try Bench(), settings = Bench.settings(budget: "100")
        let server = try ModelProvider.anthropic.willing()
        defer { server.stop() }
        let panel = bench.panel(settings, url: server.url, prices: ["model-a": ModelPricing(input: "100", output: "500")])
        let given = await panel.opinions(on: try await bench.snapshot(settings), cycle: Self.cycle)
        #expect(given.first?.abstainReason?.contains("the prompt's budget is 0.4 USD") == true && server.requests.isEmpty)
    }

    @Test("a person hears of an empty account or a bad key once a day, not once a call", arguments: [(402, "out of money"), (401, "refuses the key")])
    func alarms(_ status: Int, _ says: String) async throws {
        let bench = try Bench(), settings = Bench.settings()
        let server = try LoopbackServer { _ in .json(#"{"error":{"type":"x"}}"#, status: status) }
        defer { server.stop() }
        let panel = bench.panel(settings, url: server.url)
        for day in 1...2 {
            for _ in 0..<3 {
                _ = try await HourlyCycle(bench.parts(settings, panel)).run(CycleId(hour: bench.clock.now))
                bench.clock.advance(by: .hours(1))
            }
            #expect(try bench.journal.messages(after: 0).count { $0.kind == .notice && $0.plain.contains(says) } == day)
            bench.clock.advance(by: .hours(21))
        }
        #expect(server.requests.count == 6)
    }

    @Test("killed while a model thinks: the money stays spent, nothing is counted twice, and the opinion is asked for again under another id")
    func F003_killedMidCall() async throws {
        let bench = try Bench(), settings = Bench.settings(deadline: .minutes(30))
        let silent = try LoopbackServer { _ in .silence }
        let hanging = bench.panel(settings, url: silent.url, prices: Self.prices)
        let first = Task { [bench] in try? await HourlyCycle(bench.parts(settings, hanging)).run(Self.cycle) }
        while try bench.journal.book().budget.reserved.isEmpty { await Task.yield() }
        // The process is gone: another opens the journal as it is on the disk.
        let journal = try SQLiteJournal(path: bench.folder + "/journal.sqlite")
        let lost = try #require(try journal.book().budget.reserved.first)
        let server = try ModelProvider.anthropic.willing()
        defer { server.stop() }
        let panel = bench.panel(settings, url: server.url, prices: Self.prices, journal: journal)
        let outcome = try await HourlyCycle(bench.parts(settings, panel, journal: journal)).run(Self.cycle)
        #expect(outcome == .done(entries: 2))
        #expect(try journal.book().budget.used(at: bench.clock.now) == lost.value + "0.0075")
        let ids = try bench.reserved(Self.cycle).map(\.call)
        #expect(ids.count == 6 && Set(ids).count == 6 && ids.contains(lost.key))
        #expect(try bench.events(Self.cycle).count { if case .decided = $0 { true } else { false } } == 1)
        silent.stop()
        _ = await first.value
    }
}
