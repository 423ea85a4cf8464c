// Decisions made again from the journal alone: what a demo decided comes out once more, to the byte.
import Events
import Kernel
import Market
import Ports
import Risk
import TestSupport
import Testing
import Trading

@testable import Application
@testable import Engine
@testable import Store

@Suite("Decisions made again")
struct ReplayTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    /// With and without the panel's word, on an hour and on five minutes.
    private func settings(_ strategies: String..., instruments: Int) -> String {
        scratch.write(
            "carillon.yaml",
            "feeds:\n  instruments: \(instruments)\ninstances:\n" + strategies.map { "  - {strategy: \($0)}\n" }.joined())
    }

    private func check(_ caller: Caller, _ request: DemoRequest, decisions: Int, rounds: ClosedRange<Int>) async throws {
        do { _ = try await Demo(caller, request).run() } catch {
            Issue.record("\(error): \(scratch.said)")
            return
        }
        let replay = try JournalReplay(caller), result = replay.result
        #expect(result.decisions == decisions && rounds.contains(result.rounds) && result.skipped == 0, "\(result.rounds) rounds")
        for different in result.differences.prefix(3) {
            for (written, made) in zip(different.written, different.made) where written != made {
                Issue.record("entry \(different.sequence): written \(written)\nmade \(made)")
            }
            Issue.record("entry \(different.sequence): \(different.written.count) written, \(different.made.count) made")
        }
        #expect(replay.isEqual)
    }

    @Test("of the panel", arguments: [7, 11] as [UInt64])
    func panel(_ seed: UInt64) async throws {
        try await check(scratch.caller, DemoRequest(hours: 48, seed: seed), decisions: 48, rounds: 0...0)
    }

    @Test("of strategies on an hour's candles, with and without the panel's word")
    func hourly() async throws {
        let config = settings("trend-following", "mean-reversion", "hourly-panel", instruments: 20)
        try await check(scratch.caller(config: config), DemoRequest(hours: 48, seed: 4), decisions: 48, rounds: 96...200)
    }

    @Test("of a strategy on five minutes, between the hours")
    func short() async throws {
        let config = settings("scalping", "trend-following", instruments: 3)
        try await check(scratch.caller(config: config), DemoRequest(hours: 4, seed: 4), decisions: 4, rounds: 50...60)
    }

    @Test("a number that was written otherwise is found, and decisions made with other settings are not judged")
    func changed() async throws {
        let caller = scratch.caller
        _ = try await Demo(caller, DemoRequest(hours: 6, seed: 7)).run()
        let other = try JournalReplay(scratch.caller(config: scratch.write("other.yaml", "cycle:\n  maxMove: 0.9\n")))
        #expect(other.result.decisions == 0 && other.result.skipped == 6 && other.isEqual)
        let session = try Session.open(caller, .reading)
        var entries = try session.journal.entries(after: 0, limit: 100_000)
        let place = try #require(entries.firstIndex { if case .orderSubmitted = $0.event { true } else { false } })
        guard case .orderSubmitted(let submitted) = entries[place].event else { return }
        let order = submitted.order
        let dearer = Order(
            id: order.id, trade: order.trade, symbol: order.symbol, side: order.side, type: order.type, role: order.role,
            quantity: order.quantity + Quantity("0.1")!, referencePrice: order.referencePrice, tickSize: order.tickSize, createdAt: order.createdAt)
        entries[place] = JournalEntry(
            sequence: entries[place].sequence, at: entries[place].at,
            event: .orderSubmitted(OrderSubmitted(order: dearer, position: submitted.position)))
        #expect(try JournalReplay(caller, entries: entries).result.differences.map(\.sequence).count == 1)
    }
}
