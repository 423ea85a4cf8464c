// While models think, the rest of the house goes on: exits happen and no transaction is open. And what is
// written down meanwhile holds no key.
import Compression
import Engine
import Events
import Foundation
import GRDB
import Kernel
import LanguageModels
import Ports
import Settings
import Store
import Synchronization
import TestSupport
import Testing
import Trading

@Suite("While a model thinks", .timeLimit(.minutes(30)))
struct WaitingTests {
    @Test("the monitor sells what is due while a cycle waits for its panel")
    func exitsHappen() async throws {
        // Models are waited for by the real clock: the monitor has as long as it needs.
        let bench = try Bench(), settings = Bench.settings(deadline: .minutes(30))
        let isSilent = Mutex(false)
        let server = try LoopbackServer { request in
            isSilent.withLock { $0 } ? .silence : .json(ModelProvider.anthropic.answer(ModelProvider.willing(Asked(request))))
        }
        let panel = bench.panel(settings, url: server.url)
        #expect(try await HourlyCycle(bench.parts(settings, panel)).run(CycleId(hour: Bench.hour)) == .done(entries: 2))
        isSilent.withLock { $0 = true }
        bench.clock.advance(by: .hours(1))
        let second = CycleId(hour: bench.clock.now), isOver = Mutex(false)
        let waiting = Task { [bench] in
            let outcome = try await HourlyCycle(bench.parts(settings, panel)).run(second)
            isOver.withLock { $0 = true }
            return outcome
        }
        while try bench.journal.book().budget.reserved.isEmpty { await Task.yield() }
        // The monitor's own time goes on minute by minute until both positions are closed.
        let time = FakeClock(bench.clock.now)
        let monitor = MinuteMonitor(bench.parts(settings, panel, clock: time))
        var exits = 0, minutes = 0
        while !(try bench.journal.book().main.openPositions.isEmpty), minutes < 60 * 24 * 14 {
            exits += try await monitor.step().exits
            time.advance(by: .minutes(1))
            minutes += 1
        }
        #expect(exits >= 2 && !isOver.withLock { $0 })
        server.stop()
        #expect(try await waiting.value == .done(entries: 0))
        #expect(try bench.journal.book().lastCycle == second)
    }

    @Test("a key that comes back in answers, errors and headers is in no byte of the home", arguments: ModelProvider.allCases)
    func F097_canary(_ provider: ModelProvider) async throws {
        let bench = try Bench(), settings = Bench.settings()
        let key = Bench.canary
        let count = Counter()
        let server = try LoopbackServer { request in
            let asked = Asked(request)
            let echo = ["x-request-id", "request-id"].map { ($0, key) }
            switch count.next() {
            case 0: return .json(#"{"error":{"type":"\#(key)","message":"your key \#(key)","code":"\#(key)"}}"#, status: 500, headers: echo)
            case 1:
                return .json(
                    provider.answer(ModelProvider.willing(asked).replacing("up", with: key)).replacing("model-a-20261001", with: key)
                        .replacing("fp_1", with: key).replacing("msg_1", with: key), headers: echo)
            case 2: return .html("<p>\(key)</p>")
            case 3: return .json(provider.answer(key, stop: key))
            default: return .json(provider.answer(ModelProvider.willing(asked).replacing("numbers", with: key)), headers: echo)
            }
        }
        defer { server.stop() }
        let cycle = CycleId(hour: Bench.hour)
        _ = try await HourlyCycle(bench.parts(settings, bench.panel(settings, provider, url: server.url))).run(cycle)
        #expect(server.requests.allSatisfy { $0.headers.contains { $0.value.contains(key) } } && server.requests.count >= 6)
        var bytes = Data("\(try bench.opinions(cycle))".utf8)
        for file in try FileManager.default.contentsOfDirectory(atPath: bench.folder) {
            bytes += try Data(contentsOf: URL(filePath: bench.folder + "/" + file))
        }
        let queue = try DatabaseQueue(path: bench.folder + "/journal.sqlite")
        let blobs = try await queue.read { try Data.fetchAll($0, sql: "SELECT bytes FROM blobs") }
        let notes = try await queue.read { try String.fetchAll($0, sql: "SELECT body FROM notes WHERE topic = 'call'") }
        #expect(blobs.count > 6 && notes.count == server.requests.count)
        for blob in blobs { bytes += Data(Deflate.expand([UInt8](blob), limit: 8 << 20) ?? []) }
        #expect(bytes.count > 10_000)
        for part in [key, String(key.dropFirst(3)), String(key.dropLast(3))] { #expect(bytes.range(of: Data(part.utf8)) == nil) }
    }
}
