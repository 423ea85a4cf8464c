// The core against its slow twin: random sequences of operations, everything compared after each of them.
// CARILLON_SEQUENCES says how many sequences, CARILLON_STEPS how long, CARILLON_SEED with which to begin.
import Foundation
import Strategies
import Testing

@Suite("Random sequences on the core and on its reference")
struct RandomSequencesTests {
    private static func setting(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    @Test("the core and the reference agree after every operation")
    func agreement() {
        let count = Self.setting("CARILLON_SEQUENCES"), first = Self.setting("CARILLON_SEED") ?? 1
        var coverage = Coverage(), failures = 0
        for seed in first..<first + (count ?? 200) {
            guard let failure = Comparison.failure(seed: UInt64(seed), length: Self.setting("CARILLON_STEPS") ?? 60, coverage: &coverage) else {
                continue
            }
            Issue.record("\(failure)")
            failures += 1
            if failures == 3 { return }
        }
        if count != nil { return print(coverage) }
        for reason in ReferenceReason.allCases { #expect(coverage.seen["reason \(reason)"] ?? 0 > 0, "no order ended by \(reason)") }
    }
}
