// The lab's runs as values: a backtest, a benchmark of it, an optimiser's trials and the strategies there are.
import Backtest
import Kernel
import Market
import Synchronization
import TestSupport
import Testing

@testable import Application

@Suite("The lab without the program")
struct LabRunTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    /// Hours that go up and down in waves.
    private func candles() -> String {
        let rows = (0..<400).map { hour -> String in
            let price = 100 + (hour % 40 < 20 ? hour % 40 : 40 - hour % 40)
            return "\(1_704_067_200_000 + hour * 3_600_000),\(price),\(price + 1),\(price - 1),\(price),10"
        }
        return scratch.write("BTCUSDT-1h.csv", (["open_time_ms,open,high,low,close,volume"] + rows).joined(separator: "\n") + "\n")
    }

    private func request(_ strategy: String, _ set: [String] = []) -> LabRequest {
        LabRequest(strategy: strategy, candles: candles(), set: set)
    }

    @Test("a backtest carries its trades, checks and figures, is counted once, and its benchmark trades the same and is not counted")
    func backtest() async throws {
        let run = try await BacktestRun(scratch.caller, request("trend-following"))
        #expect(run.result.rows == 400 && run.leaks?.lookAhead == 0 && run.engine == nil && run.failure == nil && run.trials.onRecord == 1)
        let again = try await BacktestRun(scratch.caller, request("trend-following"))
        #expect(again.trials.onRecord == 1 && again.result.finalEquity == run.result.finalEquity)
        let bench = try TradedBacktest(scratch.caller, request("trend-following"))
        #expect(bench.result.tradeCount == run.result.tradeCount && bench.wall > 0)
    }

    @Test("an optimiser tells how many combinations there are, counts each as a trial, and finds them on record the next time")
    func optimise() async throws {
        let watch = CountingWatch()
        func run() async throws -> OptimiseRun {
            try await OptimiseRun(scratch.caller, request("trend-following"), random: 12, seed: 3) { all in
                watch.all.withLock { $0 = all }
                return watch
            }
        }
        let first = try await run(), second = try await run()
        #expect(first.tried == 12 && first.trials.count == second.trials.count && watch.all.withLock { $0 } == 12)
        #expect(first.count?.onRecord == second.count?.onRecord && watch.found.withLock { $0 } > 0)
    }

    @Test("what a person got wrong is a failure that names it", arguments: [("nope", []), ("trend-following", ["x"]), ("trend-following", ["no=1"])])
    func wrong(strategy: String, set: [String]) async throws {
        await #expect(throws: Failure.self) { _ = try await BacktestRun(scratch.caller, request(strategy, set)) }
    }

    @Test("the strategies there are can be used, and a new one is begun once")
    func shelf() throws {
        let caller = scratch.caller(config: scratch.write("carillon.yaml", "strategies: \"\(scratch.folder)/strategies\"\n"))
        let before = try StrategyShelf(caller)
        #expect(before.problems.isEmpty && before.failure == nil && !before.usable.isEmpty)
        let file = try StrategyShelf.begin("my-idea", caller)
        let after = try StrategyShelf(caller)
        #expect(Files.exists(file) && after.usable.count == before.usable.count + 1)
        #expect(throws: Failure.self) { _ = try StrategyShelf.begin("my-idea", caller) }
        #expect(throws: Failure.self) { _ = try StrategyShelf.begin("../x", caller) }
    }
}

private final class CountingWatch: TrialWatch {
    let all = Mutex(0), found = Mutex(0)
    func ran(_ count: Int) {}
    func resumed(_ count: Int) { found.withLock { $0 += count } }
}
