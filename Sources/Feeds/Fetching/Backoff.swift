// How long to wait before asking again: exponential with full jitter between half and the whole, from
// a seed, so that a replay waits the same and a fleet does not ask in step.
import Domain

public struct Backoff: Hashable, Sendable {
    public var first: Duration
    public var longest: Duration

    public init(first: Duration = .seconds(1), longest: Duration = .seconds(16)) {
        self.first = first
        self.longest = longest
    }

    /// The wait after failed try `number` (1, 2, …): between half of and the whole `first × 2^(number-1)`.
    func wait(after number: Int, _ generator: inout SplitMix64) -> Duration {
        let doublings = min(max(0, number - 1), 20)
        let whole = min(longest.milliseconds, first.milliseconds << Int64(doublings))
        let half = UInt64(max(0, whole / 2))
        return Duration(milliseconds: whole - Int64(generator.next() % (half + 1)))
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, good enough for jitter.
struct SplitMix64 {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
