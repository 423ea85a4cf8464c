// A whole number over another, rounded to a Double once: two ways to the same fraction give the same bits.

/// Divides by a factor times a power of ten, again and again.
struct ExactQuotient: Sendable {
    /// The divisor is odd × 2^exponent.
    private let odd: UInt128
    private let exponent: Int
    /// The divisor; nil if no Double holds it exactly.
    private let divisor: Double?

    /// - Parameters:
    ///   - factor: from 1 to 10^10.
    ///   - places: the power of ten, from 0 to 24.
    init(factor: Int, places: Int) {
        let twos = factor.trailingZeroBitCount
        odd = (0..<places).reduce(UInt128(factor >> twos)) { power, _ in power * 5 }
        exponent = twos + places
        divisor = odd <= Self.exactly ? Double(sign: .plus, exponent: exponent, significand: Double(UInt64(odd))) : nil
    }

    private static let exactly: UInt128 = 1 << 53

    /// The Double nearest to numerator / divisor, the even one of two as near.
    @inline(__always)
    func of(_ numerator: UInt128) -> Double {
        // A division of two exact Doubles is rounded once.
        if numerator <= Self.exactly, let divisor { return Double(UInt64(truncatingIfNeeded: numerator)) / divisor }
        return long(numerator)
    }

    /// By long division; a last bit stands for all that follow.
    private func long(_ numerator: UInt128) -> Double {
        let shift = numerator.leadingZeroBitCount
        let (first, rest) = (numerator << UInt128(shift)).quotientAndRemainder(dividingBy: odd)
        // The divisor is below 2^90: what is left has room for so many bits more.
        let more = odd.leadingZeroBitCount - 1
        let (second, last) = (rest << UInt128(more)).quotientAndRemainder(dividingBy: odd)
        let significant = 128 - first.leadingZeroBitCount
        guard significant < 64 else {
            let cut = UInt128(significant - 64), kept = first >> cut
            let isCut = rest != 0 || kept << cut != first
            return Double(sign: .plus, exponent: significant - 64 - shift - exponent, significand: Double(UInt64(kept) | (isCut ? 1 : 0)))
        }
        let taken = min(64 - significant, more), cut = UInt128(more - taken)
        let kept = first << UInt128(taken) | second >> cut, isCut = last != 0 || (second >> cut) << cut != second
        return Double(sign: .plus, exponent: -taken - shift - exponent, significand: Double(UInt64(kept) | (isCut ? 1 : 0)))
    }
}
