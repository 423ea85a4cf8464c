// A long history of one instrument as columns: what a backtest reads. One block of memory a column, filled
// once by whoever read the file, never changed after; prices are the Doubles nearest to the file's texts.
public import Kernel

/// Rows in ascending time on the time frame's grid, as whoever read the file has checked; gaps stay gaps.
public final class CandleHistory: @unchecked Sendable {
    // Unchecked: the memory is written before `init` returns and only read afterwards.
    public let instrument: Instrument
    /// Decimals of the file's prices: price × 10^places is whole.
    public let pricePlaces: Int
    public let timeframe: Timeframe
    /// Milliseconds since 1970.
    public let openTime: UnsafeBufferPointer<Int64>
    public let open: UnsafeBufferPointer<Double>
    public let high: UnsafeBufferPointer<Double>
    public let low: UnsafeBufferPointer<Double>
    public let close: UnsafeBufferPointer<Double>
    public let volume: UnsafeBufferPointer<Double>
    /// Rows before the first one that are no part of the history, but that indicators may read.
    public let lead: Int
    private let memory: Columns
    /// Where the first row is in the memory.
    private let start: Int

    public var count: Int { close.count }

    /// Columns under construction; frees them unless a history took them over.
    public final class Columns {
        public let capacity: Int
        public let openTime: UnsafeMutablePointer<Int64>
        public let open, high, low, close, volume: UnsafeMutablePointer<Double>

        public init(capacity: Int) {
            self.capacity = capacity
            openTime = .allocate(capacity: capacity)
            open = .allocate(capacity: capacity)
            high = .allocate(capacity: capacity)
            low = .allocate(capacity: capacity)
            close = .allocate(capacity: capacity)
            volume = .allocate(capacity: capacity)
        }

        deinit {
            openTime.deallocate()
            for column in [open, high, low, close, volume] { column.deallocate() }
        }
    }

    /// Takes over the first `count` rows of filled columns.
    public init(_ columns: Columns, count: Int, instrument: Instrument, pricePlaces: Int, timeframe: Timeframe) {
        precondition(count <= columns.capacity, "no more rows than were filled")
        memory = columns
        lead = 0
        start = 0
        self.instrument = instrument
        self.pricePlaces = pricePlaces
        self.timeframe = timeframe
        openTime = UnsafeBufferPointer(start: columns.openTime, count: count)
        open = UnsafeBufferPointer(start: columns.open, count: count)
        high = UnsafeBufferPointer(start: columns.high, count: count)
        low = UnsafeBufferPointer(start: columns.low, count: count)
        close = UnsafeBufferPointer(start: columns.close, count: count)
        volume = UnsafeBufferPointer(start: columns.volume, count: count)
    }

    /// The first rows alone, sharing the memory.
    public func prefix(_ rows: Int) -> CandleHistory { slice(0..<min(rows, count)) }

    /// Some rows alone, sharing the memory.
    /// - Parameter lead: so many rows before them, which are there, stay for indicators to warm up on.
    public func slice(_ rows: Range<Int>, lead: Int = 0) -> CandleHistory {
        precondition(lead <= rows.lowerBound + self.lead, "no more rows before a slice than there are")
        return CandleHistory(self, rows, lead: lead, pricePlaces)
    }

    /// The rows with those of the lead before them.
    public var withLead: CandleHistory { lead == 0 ? self : CandleHistory(self, -lead..<count, lead: 0, pricePlaces) }

    /// The same rows, with prices given in at least so many decimals.
    public func telling(pricePlaces places: Int) -> CandleHistory { CandleHistory(self, 0..<count, lead: lead, max(places, pricePlaces)) }

    private init(_ whole: CandleHistory, _ rows: Range<Int>, lead: Int, _ places: Int) {
        memory = whole.memory
        instrument = whole.instrument
        pricePlaces = places
        timeframe = whole.timeframe
        self.lead = lead
        start = whole.start + rows.lowerBound
        openTime = UnsafeBufferPointer(start: whole.memory.openTime + start, count: rows.count)
        open = UnsafeBufferPointer(start: whole.memory.open + start, count: rows.count)
        high = UnsafeBufferPointer(start: whole.memory.high + start, count: rows.count)
        low = UnsafeBufferPointer(start: whole.memory.low + start, count: rows.count)
        close = UnsafeBufferPointer(start: whole.memory.close + start, count: rows.count)
        volume = UnsafeBufferPointer(start: whole.memory.volume + start, count: rows.count)
    }

    /// The price a column holds, exactly as the file had it.
    public func price(_ value: Double) -> FixedDecimal {
        FixedDecimal(raw: Int128((value * Self.powers[pricePlaces]).rounded()) * FixedDecimal.unit(places: pricePlaces).raw)
    }

    private static let powers: [Double] = (0...12).map { places in (0..<places).reduce(1.0) { power, _ in power * 10 } }
}
