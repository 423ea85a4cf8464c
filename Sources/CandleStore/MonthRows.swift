// A month of candles as whole numbers, column by column: what is stored, added up and turned into prices. Exact:
// a number is mantissa × 10^-places, with the same count of places for all prices of the month.
import CandleFiles
import Kernel
import Market

struct MonthRows: Sendable, Equatable {
    private(set) var month: Month
    private(set) var timeframe: Timeframe
    /// Which interval of the month each row is, ascending.
    var slots: [Int32] = []
    var open: [Int64] = [], high: [Int64] = [], low: [Int64] = [], close: [Int64] = [], volume: [Int64] = []
    private(set) var pricePlaces = 0, volumePlaces = 0

    init(_ month: Month, _ timeframe: Timeframe, pricePlaces: Int = 0, volumePlaces: Int = 0) {
        self.month = month
        self.timeframe = timeframe
        self.pricePlaces = pricePlaces
        self.volumePlaces = volumePlaces
    }

    /// Removes all rows and begins another month in the same memory.
    mutating func reset(_ month: Month, _ timeframe: Timeframe, pricePlaces: Int = 0, volumePlaces: Int = 0) {
        (self.month, self.timeframe, self.pricePlaces, self.volumePlaces) = (month, timeframe, pricePlaces, volumePlaces)
        slots.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
        high.removeAll(keepingCapacity: true)
        low.removeAll(keepingCapacity: true)
        close.removeAll(keepingCapacity: true)
        volume.removeAll(keepingCapacity: true)
    }

    var count: Int { slots.count }
    var isEmpty: Bool { slots.isEmpty }
    func openTime(_ row: Int) -> Timestamp { openTime(ofSlot: slots[row]) }
    func openTime(ofSlot slot: Int32) -> Timestamp { month.start + timeframe.duration * Int(slot) }

    /// The row as an exact candle; nil if no market can have its numbers.
    func candle(_ row: Int) -> Candle? {
        CandleRow(
            openTime: openTime(row).milliseconds, open: open[row], high: high[row], low: low[row], close: close[row], volume: volume[row],
            pricePlaces: UInt8(pricePlaces), volumePlaces: UInt8(volumePlaces)
        ).candle
    }

    /// Adds a row behind the last one. False, and nothing is changed, if it is outside the month, off the grid, not after
    /// the last one, or if its numbers do not fit beside the others.
    mutating func append(_ row: CandleRow) -> Bool {
        let offset = row.openTime - month.start.milliseconds, step = timeframe.duration.milliseconds
        guard offset >= 0, offset % step == 0, row.openTime < month.end.milliseconds, slots.last.map({ Int64($0) < offset / step }) ?? true,
            rescale(prices: max(pricePlaces, Int(row.pricePlaces)), volumes: max(volumePlaces, Int(row.volumePlaces)))
        else { return false }
        let more = pricePlaces - Int(row.pricePlaces)
        guard let o = Powers.scaled(row.open, by: more), let h = Powers.scaled(row.high, by: more), let l = Powers.scaled(row.low, by: more),
            let c = Powers.scaled(row.close, by: more), let v = Powers.scaled(row.volume, by: volumePlaces - Int(row.volumePlaces))
        else { return false }
        slots.append(Int32(offset / step))
        open.append(o)
        high.append(h)
        low.append(l)
        close.append(c)
        volume.append(v)
        return true
    }

    /// Adds a row of another set with the same counts of places.
    mutating func append(_ row: Int, of other: MonthRows) {
        slots.append(other.slots[row])
        open.append(other.open[row])
        high.append(other.high[row])
        low.append(other.low[row])
        close.append(other.close[row])
        volume.append(other.volume[row])
    }

    func isSame(_ row: Int, as other: MonthRows, _ otherRow: Int) -> Bool {
        open[row] == other.open[otherRow] && high[row] == other.high[otherRow] && low[row] == other.low[otherRow]
            && close[row] == other.close[otherRow] && volume[row] == other.volume[otherRow]
    }

    /// Writes all numbers with so many places, not fewer than now; false, and nothing is changed, if one does not fit 63 bits.
    mutating func rescale(prices: Int, volumes: Int) -> Bool {
        if prices == pricePlaces, volumes == volumePlaces { return true }
        var copy = self
        guard copy.widen(\.open, prices - pricePlaces), copy.widen(\.high, prices - pricePlaces), copy.widen(\.low, prices - pricePlaces),
            copy.widen(\.close, prices - pricePlaces), copy.widen(\.volume, volumes - volumePlaces)
        else { return false }
        (copy.pricePlaces, copy.volumePlaces) = (prices, volumes)
        self = copy
        return true
    }

    private mutating func widen(_ column: WritableKeyPath<MonthRows, [Int64]>, _ places: Int) -> Bool {
        guard places > 0 else { return places == 0 }
        for row in slots.indices {
            guard let wider = Powers.scaled(self[keyPath: column][row], by: places) else { return false }
            self[keyPath: column][row] = wider
        }
        return true
    }

    /// With as few places as the numbers need, so that the same candles are always the same bytes.
    func normalized() -> MonthRows {
        var copy = self
        while copy.pricePlaces > 0, [copy.open, copy.high, copy.low, copy.close].allSatisfy({ $0.allSatisfy { $0 % 10 == 0 } }) {
            for column in [\MonthRows.open, \.high, \.low, \.close] { copy[keyPath: column] = copy[keyPath: column].map { $0 / 10 } }
            copy.pricePlaces -= 1
        }
        while copy.volumePlaces > 0, copy.volume.allSatisfy({ $0 % 10 == 0 }) {
            copy.volume = copy.volume.map { $0 / 10 }
            copy.volumePlaces -= 1
        }
        return copy
    }
}

enum Powers {
    /// 10^0 to 10^18.
    static let ten: [Int64] = (0...18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

    /// value × 10^places; nil if it does not fit 63 bits.
    static func scaled(_ value: Int64, by places: Int) -> Int64? {
        if places == 0 { return value }
        let (product, overflow) = value.multipliedReportingOverflow(by: ten[places])
        return overflow ? nil : product
    }
}
