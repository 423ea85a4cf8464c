// Chance that can be repeated: the one generator of the program and of its tests. It follows from its seed alone, so a
// run that drew from it can be run again. Its public members are inlined across modules, because markets and optimisers draw
// by the million.

/// A small seeded generator (G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", 2014);
/// never for secrets. Proven results depend on its output, which therefore never changes.
@frozen
public struct SplitMix64: RandomNumberGenerator, Sendable {
    @usableFromInline
    var state: UInt64

    @inlinable
    public init(seed: UInt64) { state = seed }

    /// A seed from any name, e.g. a call id, by FNV-1a.
    public init(named name: String) {
        state = name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    @inlinable
    public mutating func next() -> UInt64 {
        state &+= Self.step
        return Self.mixed(state)
    }

    /// From 0 up to, not with, `bound`, which is above 0. The bias of a remainder is below 2^-32 for bounds below 2^32.
    @inlinable
    public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// How far the state moves with each draw: 2^64 by the golden ratio, made odd.
    @inlinable
    public static var step: UInt64 { 0x9E37_79B9_7F4A_7C15 }

    /// The finalizer by itself: a bijection that avalanches all 64 bits.
    @inlinable @inline(__always)
    public static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
