// The one number that money is counted in: a signed decimal with exactly twelve places on Int128.
// Promise: nothing is lost silently. Text with more digits is refused, rounding is named at the
// call, and an overflow stops the process instead of wrapping round.

/// How a result that does not fit twelve places (or a coarser step) is rounded.
public enum Rounding: Sendable {
    /// Towards minus infinity.
    case down
    /// Towards plus infinity.
    case up
    /// Towards zero: never gives away more than there is.
    case towardZero
    /// To the nearest, ties to the even neighbour (IEEE 754 roundTiesToEven).
    case nearest
}

/// A decimal number with twelve decimal places; magnitude below 1.7e26.
public struct FixedDecimal: Hashable, Sendable {
    /// The value times 10^12.
    public let raw: Int128

    public static let places = 12
    public static let scale: Int128 = 1_000_000_000_000
    public static let zero = FixedDecimal(raw: 0)
    public static let one = FixedDecimal(raw: scale)
    /// The smallest positive value, 1e-12.
    public static let ulp = FixedDecimal(raw: 1)

    public init(raw: Int128) { self.raw = raw }
    public init(_ integer: Int) { raw = Int128(integer) * Self.scale }

    public var isZero: Bool { raw == 0 }
    public var isNegative: Bool { raw < 0 }
    public var isPositive: Bool { raw > 0 }
    public var magnitude: FixedDecimal { raw < 0 ? FixedDecimal(raw: -raw) : self }

    /// The nearest Double, the even one of two as near; for indicators, statistics and display only.
    public var double: Double {
        // Two exact numbers divided are rounded once. Prices and volumes have eight decimals at most: one machine word is enough.
        guard let small = Int64(exactly: raw) else { return divided }
        if small.magnitude <= 1 << 53 { return Double(small) / 1e12 }
        let (shorter, rest) = small.quotientAndRemainder(dividingBy: 10_000)
        return rest == 0 ? Double(shorter) / 1e8 : divided
    }

    /// The same for any value: a quotient of more than 64 bits whose last one stands for all that follow, rounded once.
    private var divided: Double {
        let shift = raw.magnitude.leadingZeroBitCount
        let (quotient, rest) = (raw.magnitude << shift).quotientAndRemainder(dividingBy: UInt128(Self.scale))
        let isCut = rest != 0 || quotient & (1 << 25 - 1) != 0
        let kept = Double(UInt64(truncatingIfNeeded: quotient >> 25) | (isCut ? 1 : 0))
        return Double(sign: raw < 0 ? .minus : .plus, exponent: 25 - shift, significand: kept)
    }
}

extension FixedDecimal: Comparable {
    public static func < (a: FixedDecimal, b: FixedDecimal) -> Bool { a.raw < b.raw }
}

// MARK: Arithmetic. `+`, `-` and negation are exact; an overflow is a broken invariant and traps.

extension FixedDecimal: AdditiveArithmetic {
    public static func + (a: FixedDecimal, b: FixedDecimal) -> FixedDecimal { FixedDecimal(raw: a.raw + b.raw) }
    public static func - (a: FixedDecimal, b: FixedDecimal) -> FixedDecimal { FixedDecimal(raw: a.raw - b.raw) }
    public static prefix func - (a: FixedDecimal) -> FixedDecimal { FixedDecimal(raw: -a.raw) }

    /// The product, through a 256-bit intermediate; nil if it does not fit.
    public func checkedTimes(_ other: FixedDecimal, rounding: Rounding) -> FixedDecimal? {
        Self.scaledQuotient(raw, other.raw, Self.scale, rounding)
    }

    /// The quotient, through a 256-bit intermediate; nil for a zero divisor or an overflow.
    public func checkedDivided(by other: FixedDecimal, rounding: Rounding) -> FixedDecimal? {
        Self.scaledQuotient(raw, Self.scale, other.raw, rounding)
    }

    /// The product; traps on overflow.
    public func times(_ other: FixedDecimal, rounding: Rounding) -> FixedDecimal {
        guard let product = checkedTimes(other, rounding: rounding) else {
            preconditionFailure("FixedDecimal overflow: \(self) × \(other)")
        }
        return product
    }

    /// The quotient; traps on a zero divisor or overflow.
    public func divided(by other: FixedDecimal, rounding: Rounding) -> FixedDecimal {
        guard let quotient = checkedDivided(by: other, rounding: rounding) else {
            preconditionFailure("FixedDecimal division: \(self) ÷ \(other)")
        }
        return quotient
    }

    /// The multiple of `step` (> 0) that `rounding` names.
    public func rounded(toMultipleOf step: FixedDecimal, _ rounding: Rounding) -> FixedDecimal {
        precondition(step.raw > 0, "a step must be positive")
        let (quotient, remainder) = raw.quotientAndRemainder(dividingBy: step.raw)
        let adjust = Self.adjustment(
            quotientIsOdd: quotient & 1 != 0, negative: raw < 0,
            remainder: remainder.magnitude, divisor: step.raw.magnitude, rounding)
        return FixedDecimal(raw: (quotient + adjust) * step.raw)
    }

    /// True if the value is a whole number of `step`s.
    public func isMultiple(of step: FixedDecimal) -> Bool { step.raw > 0 && raw % step.raw == 0 }

    /// Rounded to so many decimal places (0 to 12).
    public func rounded(places: Int, _ rounding: Rounding) -> FixedDecimal {
        rounded(toMultipleOf: Self.unit(places: places), rounding)
    }

    /// 10^-places.
    public static func unit(places: Int) -> FixedDecimal {
        precondition((0...Self.places).contains(places), "0 to 12 decimal places")
        var raw = scale
        for _ in 0..<places { raw /= 10 }
        return FixedDecimal(raw: raw)
    }

    /// a × b ÷ divisor with a full-width product.
    private static func scaledQuotient(_ a: Int128, _ b: Int128, _ divisor: Int128, _ rounding: Rounding) -> FixedDecimal? {
        guard divisor != 0 else { return nil }
        let negative = ((a < 0) != (b < 0)) != (divisor < 0)
        let product = a.magnitude.multipliedFullWidth(by: b.magnitude)
        let unsignedDivisor = divisor.magnitude
        guard product.high < unsignedDivisor else { return nil }
        let (quotient, remainder) =
            product.high == 0
            ? product.low.quotientAndRemainder(dividingBy: unsignedDivisor)
            : unsignedDivisor.dividingFullWidth(product)
        guard quotient <= UInt128(Int128.max) - 1 else { return nil }
        let signed = negative ? -Int128(quotient) : Int128(quotient)
        return FixedDecimal(
            raw: signed
                + adjustment(
                    quotientIsOdd: quotient & 1 != 0, negative: negative,
                    remainder: remainder, divisor: unsignedDivisor, rounding))
    }

    /// What to add to a quotient that was truncated towards zero.
    private static func adjustment(
        quotientIsOdd: Bool, negative: Bool, remainder: UInt128, divisor: UInt128,
        _ rounding: Rounding
    ) -> Int128 {
        guard remainder != 0 else { return 0 }
        let away: Int128 = negative ? -1 : 1
        switch rounding {
        case .towardZero: return 0
        case .down: return negative ? -1 : 0
        case .up: return negative ? 0 : 1
        case .nearest:
            let rest = divisor - remainder
            if remainder == rest { return quotientIsOdd ? away : 0 }
            return remainder > rest ? away : 0
        }
    }
}
