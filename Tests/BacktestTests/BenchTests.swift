// The strategies that speeds are measured with trade what the C reference trades: on a small market always,
// through the files and the ordinary reader; on the real ones where `make bench` has built it.
import CandleFiles
import Foundation
import Kernel
import SettingsFiles
import Strategies
import TestSupport
import Testing

@testable import Backtest

@Suite("Bench strategies")
struct BenchTests {
    private func strategy(_ name: String) throws -> Strategy { try StrategyLibrary(folder: "/nowhere").load(name).get().strategy }

    @Test("on small markets they trade as the plain rule does", arguments: ["bench-w1", "bench-w2", "bench-w7"], [1, 2, 3] as [UInt64])
    func small(_ name: String, _ seed: UInt64) throws {
        let strategy = try strategy(name), bound = try strategy.bound()
        let markets = (0..<(name == "bench-w2" ? 6 : 1)).map { Markets.wild(4_000, seed: seed * 11 + UInt64($0)) }
        let histories = markets.map { Markets.history($0, timeframe: strategy.timeframe) }
        let signals = histories.map { history in
            let slow = SlowSignals(history).holds(bound.entry.judged)
            return slow.indices.map { $0 >= bound.entry.warmUp && slow[$0] }
        }
        var slow = SlowPlain(markets, signals: signals, limit: bound.terms.positions)
        slow.run()
        let result = Backtest(bound, over: histories).run()
        #expect(result.trades.count == slow.trades.count)
        for (trade, other) in zip(result.trades, slow.trades) {
            #expect(
                trade.instrument == other.symbol && trade.entryPrice == other.entryPrice && trade.exitPrice == other.exitPrice
                    && trade.rungs == other.rungs)
        }
        #expect(slow.trades.count > 20)
    }

    @Test(
        "on the real markets they trade what the C reference trades", .enabled(if: Bench.folder != nil, "make bench has built no reference here"),
        arguments: [("bench-w1", "ref", 652), ("bench-w2", "ref", 3_274), ("bench-w7", "ref7", 647)])
    func real(_ name: String, _ floor: String, _ trades: Int) throws {
        let folder = try #require(Bench.folder)
        let stems = name != "bench-w2" ? ["w1"] : (0..<50).map { "w2/SYM" + ($0 < 10 ? "0\($0)" : "\($0)") }
        let reference = FileManager.default.temporaryDirectory.path + "/carillon-bench-\(UUID().uuidString)"
        defer { for end in ["", ".out", ".err"] { Files.remove(reference + end) } }
        let floorRun = try Child(
            ["\(folder)/bin/\(floor)", "--trades", reference] + stems.map { "\(folder)/data/\($0).bin" }, environment: [:], folder: folder,
            output: reference)
        #expect(floorRun.wait(seconds: 120).way == .exit(0))
        let histories = try stems.map { try HistoryFile.read("\(folder)/data/\($0).csv") }
        let result = Backtest(try strategy(name).bound(), over: histories).run()
        let lines = result.trades.map { trade in
            let why = [.stop, .trailing].contains(trade.ending) ? 1 : trade.ending == .target ? 2 : 0
            return String(
                format: "%d,%lld,%.2f,%lld,%.2f,%d,%d", trade.instrument, trade.entry.milliseconds, trade.entryPrice, trade.exit.milliseconds,
                trade.exitPrice, why, trade.rungs)
        }
        #expect(lines.joined(separator: "\n") + "\n" == Files.text(reference))
        #expect(lines.count == trades)
    }
}
