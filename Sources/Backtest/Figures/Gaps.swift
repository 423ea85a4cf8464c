// Where candles are missing, and where prices leap between two of them: what happened there no rule saw, and what a trade
// that was open there came to is the file's doing as much as the strategy's.
public import Kernel
public import Market

public struct Gaps: Hashable, Sendable {
    /// Candles that are missing between two that are there.
    public struct Hole: Hashable, Sendable {
        /// Which of the histories.
        public let instrument: Int
        /// When the first missing one would have opened.
        public let from: Timestamp
        public let candles: Int
    }

    /// A candle that begins far from the close before it, or reaches very far from it.
    public struct Leap: Hashable, Sendable {
        public let instrument: Int
        public let at: Timestamp
        /// The price that is furthest away over the close before.
        public let factor: Double
        /// How far that is, up or down.
        fileprivate var size: Double { max(factor, 1 / factor) }
    }

    /// An open so much above or below the close before is a leap.
    public static let openShare = 0.1
    /// So is a candle that reaches so many times that close, or one of so many parts of it.
    public static let reachFactor = 2.0

    /// Over all histories.
    public private(set) var missing = 0
    public private(set) var holes = 0
    public private(set) var longest: Hole?
    public private(set) var leaps = 0
    public private(set) var largest: Leap?
    /// Trades that were open over a hole or a leap, and what they came to.
    public private(set) var trades = 0
    public private(set) var profit = FixedDecimal.zero

    public var isNone: Bool { holes == 0 && leaps == 0 }

    public init(_ histories: [CandleHistory], _ trades: [BacktestTrade]) {
        var moments: [[Int64]] = []
        for (index, history) in histories.enumerated() { moments.append(look(at: history, index)) }
        for trade in trades {
            // The first odd candle that opened with the purchase or after it.
            let odd = moments[trade.instrument], first = odd.place { $0 >= trade.entry.milliseconds }
            guard first < odd.count, odd[first] < trade.closed.milliseconds else { continue }
            self.trades += 1
            profit += trade.profit
        }
    }

    /// - Returns: when those candles opened that follow a hole or leap, ascending.
    private mutating func look(at history: CandleHistory, _ index: Int) -> [Int64] {
        let step = history.timeframe.duration.milliseconds, closes = Self.closesAtWeekends(history)
        var odd: [Int64] = []
        for row in history.openTime.indices.dropFirst() {
            let before = history.openTime[row - 1], now = history.openTime[row], close = history.close[row - 1]
            let isHole = now - before > step && !(closes && Self.isWeekend(before + step, now))
            if isHole { add(Hole(instrument: index, from: Timestamp(milliseconds: before + step), candles: Int((now - before) / step) - 1)) }
            let leap =
                close > 0 ? Self.factor(history, row, from: close).map { Leap(instrument: index, at: Timestamp(milliseconds: now), factor: $0) } : nil
            if let leap { add(leap) }
            if isHole || leap != nil { odd.append(now) }
        }
        return odd
    }

    private mutating func add(_ hole: Hole) {
        holes += 1
        missing += hole.candles
        if hole.candles > longest?.candles ?? 0 { longest = hole }
    }

    private mutating func add(_ leap: Leap) {
        leaps += 1
        if leap.size > largest?.size ?? 0 { largest = leap }
    }

    /// nil if the candle of a row follows as candles do.
    private static func factor(_ history: CandleHistory, _ row: Int, from close: Double) -> Double? {
        let open = history.open[row], high = history.high[row] / close, low = history.low[row] / close
        let reaches = high >= reachFactor || low <= 1 / reachFactor
        guard reaches || open > (1 + openShare) * close || open < (1 - openShare) * close else { return nil }
        return reaches ? (high * low >= 1 ? high : low) : open / close
    }

    // MARK: Markets that close

    private static let day = TimeSpan.days(1).milliseconds

    /// Whether no candle is of a Saturday, though a week passed.
    private static func closesAtWeekends(_ history: CandleHistory) -> Bool {
        guard let first = history.openTime.first, let last = history.openTime.last, last - first >= 7 * day else { return false }
        return !history.openTime.contains { isSaturday($0 / day) }
    }

    /// Days since 1970, which began with a Thursday.
    private static func isSaturday(_ day: Int64) -> Bool { (day + 5) % 7 == 0 }

    /// Whether what is missing is no more than a weekend and a holiday beside it.
    private static func isWeekend(_ from: Int64, _ to: Int64) -> Bool {
        to - from <= 4 * day && (from / day...(to - 1) / day).contains(where: isSaturday)
    }
}

extension [Int64] {
    /// Of ascending numbers, how many do not hold yet.
    fileprivate func place(where holds: (Int64) -> Bool) -> Int {
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
