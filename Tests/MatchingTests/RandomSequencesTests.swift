// The core against its slow twin: random sequences of operations, everything compared after each of them.
// CARILLON_SEQUENCES says how many sequences, CARILLON_SEED with which to begin.
import Domain
import Foundation
import Testing

@Suite struct RandomSequencesTests {
    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    @Test func theCoreAndTheReferenceAgreeAfterEveryOperation() {
        let count = Self.number("CARILLON_SEQUENCES") ?? 60, first = Self.number("CARILLON_SEED") ?? 1
        var coverage = Coverage(), failures = 0
        for seed in first..<first + count {
            if Self.number("CARILLON_TRACE") != nil { FileHandle.standardError.write(Data("seed \(seed)\n".utf8)) }
            guard let failure = Comparison.failure(seed: UInt64(seed), length: 60, count: &coverage) else { continue }
            failures += 1
            Issue.record("\(failure)")
            if failures == Self.number("CARILLON_FAILURES") ?? 3 { break }
        }
        if Self.number("CARILLON_SEQUENCES") != nil {
            for (what, times) in coverage.seen.sorted(by: { $0.key < $1.key }) { print(what, times) }
        }
    }
}
