// Candles as columns of Double, for backtests and indicators: the same numbers to the last bit as the exact
// candles' own `double`, a million of them in a few hundredths of a second.
import Domain

/// A stretch that is not made of the pair's finest candles there.
public struct CoarseFill: Hashable, Sendable {
    /// The interval it was taken from.
    public let timeframe: Timeframe
    /// First opening and last close.
    public let from: Timestamp, to: Timestamp
}

/// Prices in quote units, volume in base units, ascending in time; all columns have the same length. Gaps stay gaps.
public struct StoredColumns: Sendable {
    public let timeframe: Timeframe
    /// Milliseconds since 1970, UTC.
    public internal(set) var openTime: [Int64] = []
    public internal(set) var open: [Double] = [], high: [Double] = [], low: [Double] = [], close: [Double] = [], volume: [Double] = []
    /// Where coarser candles stand in for missing finer ones, ascending.
    public internal(set) var fills: [CoarseFill] = []

    public var count: Int { openTime.count }

    init(_ timeframe: Timeframe, capacity: Int = 0) {
        self.timeframe = timeframe
        LargeArray.reserve(&openTime, capacity)
        LargeArray.reserve(&open, capacity)
        LargeArray.reserve(&high, capacity)
        LargeArray.reserve(&low, capacity)
        LargeArray.reserve(&close, capacity)
        LargeArray.reserve(&volume, capacity)
    }

    /// Columns of exact candles.
    public init(_ timeframe: Timeframe, _ candles: [Candle]) {
        self.timeframe = timeframe
        openTime = candles.map(\.openTime.milliseconds)
        open = candles.map(\.open.double)
        high = candles.map(\.high.double)
        low = candles.map(\.low.double)
        close = candles.map(\.close.double)
        volume = candles.map(\.volume.double)
    }

    mutating func append(_ rows: MonthRows) {
        let start = rows.month.start.milliseconds, step = rows.timeframe.duration.milliseconds
        LargeArray.append(rows.count, to: &openTime) { target in
            for row in 0..<target.count { target[row] = start + Int64(rows.slots[row]) * step }
        }
        Doubles.append(rows.open, rows.pricePlaces, to: &open)
        Doubles.append(rows.high, rows.pricePlaces, to: &high)
        Doubles.append(rows.low, rows.pricePlaces, to: &low)
        Doubles.append(rows.close, rows.pricePlaces, to: &close)
        Doubles.append(rows.volume, rows.volumePlaces, to: &volume)
    }
}

enum Doubles {
    /// Whole numbers below this are exact in a Double, with a bit to spare.
    private static let exact: Int64 = 1 << 51

    /// Adds mantissa × 10^-places for each mantissa (none negative), as `FixedDecimal.double` has it.
    static func append(_ mantissas: [Int64], _ places: Int, to target: inout [Double]) {
        let largest = mantissas.reduce(0) { $0 | $1 }
        guard largest < exact else {
            let unit = FixedDecimal.unit(places: places).raw
            target.append(contentsOf: mantissas.map { FixedDecimal(raw: Int128($0) * unit).double })
            return
        }
        LargeArray.append(mantissas.count, to: &target) { convert(mantissas, Double(Powers.ten[places]), into: $0) }
    }

    /// The whole part and the rest over the scale, each exact, added once: what `FixedDecimal.double` does, without a division of
    /// integers. The quotient by the reciprocal may be one off; the sign of the rest tells.
    private static func convert(_ mantissas: [Int64], _ scale: Double, into target: UnsafeMutableBufferPointer<Double>) {
        let inverse = 1 / scale, toWhole = 4_503_599_627_370_496.0
        mantissas.withUnsafeBufferPointer { mantissas in
            for row in 0..<mantissas.count {
                // 2^52 + m as bits is m in the last 52 of them.
                let value = Double(bitPattern: UInt64(bitPattern: mantissas[row]) | 0x4330_0000_0000_0000) - toWhole
                let quotient = (value * inverse + toWhole) - toWhole
                let rest = value - quotient * scale
                let tooHigh = rest < 0 ? 1.0 : 0, tooLow = rest >= scale ? 1.0 : 0
                let whole = quotient - tooHigh + tooLow
                target[row] = whole + (value - whole * scale) / scale
            }
        }
    }
}
