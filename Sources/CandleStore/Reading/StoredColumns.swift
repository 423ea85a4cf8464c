// Candles as columns of Double, for backtests and indicators: each number the Double nearest to the exact one, as
// if its text were parsed; a million candles in a few hundredths of a second.
public import Kernel
public import Market

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

    mutating func append(_ rows: MonthRows) {
        LargeArray.append(rows.count, to: &openTime) { rows.writeTimes(to: $0) }
        LargeArray.append(rows.count, to: &open) { Doubles.convert(rows.open, rows.pricePlaces, to: $0) }
        LargeArray.append(rows.count, to: &high) { Doubles.convert(rows.high, rows.pricePlaces, to: $0) }
        LargeArray.append(rows.count, to: &low) { Doubles.convert(rows.low, rows.pricePlaces, to: $0) }
        LargeArray.append(rows.count, to: &close) { Doubles.convert(rows.close, rows.pricePlaces, to: $0) }
        LargeArray.append(rows.count, to: &volume) { Doubles.convert(rows.volume, rows.volumePlaces, to: $0) }
    }
}

/// Memory of the caller for columns, each of the same room.
public struct ColumnMemory {
    let openTime: UnsafeMutableBufferPointer<Int64>
    let open, high, low, close, volume: UnsafeMutableBufferPointer<Double>

    /// - Parameter capacity: rows every column has room for.
    public init(
        capacity: Int, openTime: UnsafeMutablePointer<Int64>, open: UnsafeMutablePointer<Double>, high: UnsafeMutablePointer<Double>,
        low: UnsafeMutablePointer<Double>, close: UnsafeMutablePointer<Double>, volume: UnsafeMutablePointer<Double>
    ) {
        self.openTime = UnsafeMutableBufferPointer(start: openTime, count: capacity)
        self.open = UnsafeMutableBufferPointer(start: open, count: capacity)
        self.high = UnsafeMutableBufferPointer(start: high, count: capacity)
        self.low = UnsafeMutableBufferPointer(start: low, count: capacity)
        self.close = UnsafeMutableBufferPointer(start: close, count: capacity)
        self.volume = UnsafeMutableBufferPointer(start: volume, count: capacity)
        LargeArray.advise(self.openTime)
        for column in [self.open, self.high, self.low, self.close, self.volume] { LargeArray.advise(column) }
    }

    /// Writes rows behind the first `filled` ones, which leave room for them.
    func write(_ rows: MonthRows, behind filled: Int) {
        let range = filled..<(filled + rows.count)
        rows.writeTimes(to: UnsafeMutableBufferPointer(rebasing: openTime[range]))
        for (column, mantissas, places) in [
            (open, rows.open, rows.pricePlaces), (high, rows.high, rows.pricePlaces), (low, rows.low, rows.pricePlaces),
            (close, rows.close, rows.pricePlaces), (volume, rows.volume, rows.volumePlaces)
        ] {
            Doubles.convert(mantissas, places, to: UnsafeMutableBufferPointer(rebasing: column[range]))
        }
    }
}

extension MonthRows {
    fileprivate func writeTimes(to target: UnsafeMutableBufferPointer<Int64>) {
        let start = month.start.milliseconds, step = timeframe.duration.milliseconds
        slots.withUnsafeBufferPointer { slots in for row in 0..<slots.count { target[row] = start + Int64(slots[row]) * step } }
    }
}

enum Doubles {
    /// The Double nearest to mantissa × 10^-places, for each mantissa (none negative): the one its text would parse to. Both
    /// sides of the quotient are exact, so it is rounded once; what 53 bits do not hold is parsed.
    static func convert(_ mantissas: [Int64], _ places: Int, to target: UnsafeMutableBufferPointer<Double>) {
        let scale = Double(Powers.ten[places])
        guard mantissas.reduce(0, |) < 1 << 52 else {
            for row in mantissas.indices { target[row] = Double("\(mantissas[row])e-\(places)") ?? .nan }
            return
        }
        mantissas.withUnsafeBufferPointer { mantissas in
            for row in 0..<mantissas.count {
                // 2^52 + m as bits is m in the last 52 of them: faster than a conversion one by one.
                target[row] = (Double(bitPattern: UInt64(bitPattern: mantissas[row]) | 0x4330_0000_0000_0000) - 4_503_599_627_370_496) / scale
            }
        }
    }
}
