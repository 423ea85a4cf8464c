// Any sequence of requests keeps the promises: money is neither made nor lost, locks are those of open orders,
// the book is sorted and uncrossed, every open order is found, and the same requests give the same state.
import Testing
import Trading

@testable import Matching

@Suite("Any life of the core")
struct RandomLifeTests {
    @Test("invariants hold after every operation", arguments: 1...24 as ClosedRange<UInt64>)
    func invariants(_ seed: UInt64) {
        var life = RandomLife(seed: seed)
        let total = Totals(life.core)
        for step in 0..<400 {
            life.step()
            if let fault = Invariants.fault(of: life.core) {
                Issue.record("seed \(seed), step \(step): \(fault)")
                return
            }
            guard Totals(life.core) == total else {
                Issue.record("seed \(seed), step \(step): money was made or lost")
                return
            }
        }
        #expect(life.core.allTrades(pair).count > 20)
    }

    @Test("the same requests give the same state, others another")
    func determinism() {
        func life(_ seed: UInt64) -> MatchingCore {
            var life = RandomLife(seed: seed)
            for _ in 0..<300 { life.step() }
            return life.core
        }
        #expect(life(5) == life(5))
        #expect(life(5) != life(6))
    }

    @Test("lives reach the ends an order can have, and the refusals that chance can meet")
    func coverage() {
        var reasons: Set<EndReason> = [], refusals: Set<Refusal> = []
        for seed in 100..<140 as Range<UInt64> {
            var life = RandomLife(seed: seed)
            for _ in 0..<300 { life.step() }
            reasons.formUnion(life.core.orders.compactMap(\.endReason))
            refusals.formUnion(life.refusals)
        }
        // A triggered buy that money ends is too rare for chance; BalanceTests has it.
        #expect(reasons.union([.noFunds]) == Set(EndReason.allCases))
        #expect(
            refusals.isSuperset(of: [
                .insufficientBalance, .invalidList, .wouldTriggerImmediately, .wouldMatchImmediately, .filter(.maximumOrders),
                .filter(.maximumPosition), .marketClosed, .unknownOrder, .duplicateOrder
            ]))
    }
}
