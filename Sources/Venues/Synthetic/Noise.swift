// Randomness as a pure function of a place: every draw is a hash of (key, place), so any process
// that asks about the same moment of the same world gets the same bits, in any order.
import Kernel

enum Noise {
    /// 64 bits for one place under one key.
    @inline(__always)
    static func bits(_ key: UInt64, _ place: UInt64) -> UInt64 {
        SplitMix64.mixed(key ^ SplitMix64.mixed(place &* SplitMix64.step &+ 0xD1B5_4A32_D192_ED03))
    }

    /// A key for a name under a seed (FNV-1a, then mixed).
    static func key(_ seed: UInt64, _ name: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return SplitMix64.mixed(SplitMix64.mixed(seed &+ SplitMix64.step) ^ hash)
    }

    /// 32 bits as a number strictly between 0 and 1.
    @inline(__always)
    static func unit(_ bits: UInt32) -> Double { (Double(bits) + 0.5) * 0x1p-32 }

    /// Two independent standard normals out of 64 bits; both lie within ±6.4.
    @inline(__always)
    static func normals(_ bits: UInt64) -> (Double, Double) {
        (quantile(unit(UInt32(truncatingIfNeeded: bits >> 32))), quantile(unit(UInt32(truncatingIfNeeded: bits))))
    }

    /// The standard normal quantile (P. Acklam's rational approximation, relative error 1.2e-9).
    @inline(__always)
    static func quantile(_ p: Double) -> Double {
        let q = p - 0.5
        guard q.magnitude <= 0.47575 else { return q < 0 ? -tail(p) : tail(1 - p) }
        let r = q * q
        let top =
            ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r
                + 138.3577518672690) * r - 30.66479806614716) * r + 2.506628277459239
        let bottom =
            ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r
                + 66.80131188771972) * r - 13.28068155288572) * r + 1
        return q * top / bottom
    }

    /// The standard normal distribution function, within 1.5e-4 (a logistic of an odd cubic).
    @inline(__always)
    static func cumulative(_ z: Double) -> Double { Mathematics.sigmoid(z * (1.5976 + 0.07056 * z * z)) }

    /// How far out (as a positive number) the upper tail of weight `p` begins, for p < 0.02425.
    private static func tail(_ p: Double) -> Double {
        let q = (-2 * Mathematics.log(p)).squareRoot()
        let top =
            ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q
                - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783
        let bottom =
            (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q
                + 3.754408661907416) * q + 1
        return -top / bottom
    }
}
