// Market regimes of 6 to 48 hours: a slow lean of all prices, small beside their noise. The lattice
// is irregular but local: a block of 54 hours has one cut, so both its cells are 6 to 48 hours long.
public import Kernel

/// A stretch of time in which the whole market leans one way.
public struct Regime: Hashable, Sendable {
    public let start: Timestamp
    /// 6 to 48 whole hours.
    public let hours: Int
    /// The lean at each end, in units of one hour's volatility; the drift between them is linear.
    public let leanAtStart: Double, leanAtEnd: Double
}

extension Regime {
    private static let blockHours = 54
    /// Standard deviation of the lean. At 0.5 the drift inside a cell is typically 3 % of an hour's noise.
    private static let amplitude = 0.5

    /// First hour of the regime that holds `hour` (hours since `SyntheticMarket.epoch`), its length and its leans.
    @inline(__always)
    static func cell(key: UInt64, hour: Int) -> (start: Int, hours: Int, from: Double, to: Double) {
        let block = hour / blockHours
        let cut = cutHour(key, block)
        let inside = hour - block * blockHours
        return inside < cut
            ? (block * blockHours, cut, lean(key, block * 2), lean(key, block * 2 + 1))
            : (block * blockHours + cut, blockHours - cut, lean(key, block * 2 + 1), lean(key, block * 2 + 2))
    }

    /// The lean at the start of an hour.
    @inline(__always)
    static func lean(key: UInt64, hour: Int) -> Double {
        let cell = cell(key: key, hour: hour)
        return cell.from + (cell.to - cell.from) * Double(hour - cell.start) / Double(cell.hours)
    }

    private static func cutHour(_ key: UInt64, _ block: Int) -> Int {
        6 + Int(Noise.bits(key, UInt64(block) << 8 | 0xC7) % 43)
    }

    private static func lean(_ key: UInt64, _ knot: Int) -> Double {
        amplitude * Noise.quantile(Noise.unit(UInt32(truncatingIfNeeded: Noise.bits(key, UInt64(knot) << 8 | 0x1E))))
    }
}
