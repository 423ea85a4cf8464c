// Conditions over the candles of one symbol, row by row, as the bot judges them: every indicator as a whole
// column, coarser candles added up from these. Plain on purpose; a backtest has its own, faster way, and is
// tested against this one.
import Kernel
public import Market

public struct ConditionReader: Sendable {
    private let candles: IndicatorInput
    /// For each series its value at each row, NaN if there is none.
    private var columns: [IndicatorSeries: [Double]] = [:]

    /// - Parameter candles: closed ones of `timeframe`, ascending.
    public init(_ conditions: [BoundCondition], over candles: [Candle], _ timeframe: Timeframe) {
        self.candles = IndicatorInput(candles)
        var coarse: [Timeframe: CoarseCandles] = [:]
        for series in conditions.flatMap({ $0.condition.series }) where columns[series] == nil {
            guard let frame = series.timeframe else {
                columns[series] = series.spec.columns(of: self.candles)[series.column]
                continue
            }
            let whole = coarse[frame] ?? CoarseCandles(candles, timeframe, into: frame)
            coarse[frame] = whole
            columns[series] = whole.spread(series.spec.columns(of: whole.input)[series.column])
        }
    }

    /// False if a value does not exist yet.
    public func holds(_ bound: BoundCondition, at row: Int) -> Bool {
        row >= bound.warmUp && row < candles.count && holds(bound.judged, row)
    }

    /// The value of each series of a condition at a row, in the order they are written, each once.
    public func values(of bound: BoundCondition, at row: Int) -> [(name: String, value: Double)] {
        var seen: Set<IndicatorSeries> = []
        return bound.condition.series.compactMap { series in
            guard seen.insert(series).inserted, let value = columns[series]?[row], value.isFinite else { return nil }
            return (series.name, value)
        }
    }

    private func holds(_ condition: Condition, _ row: Int) -> Bool {
        switch condition {
        case .comparison(let sign, let a, let b): sign.holds(value(a, row), value(b, row))
        case .crossesAbove(let a, let b): value(a, row - 1) <= value(b, row - 1) && value(a, row) > value(b, row)
        case .crossesBelow(let a, let b): value(a, row - 1) >= value(b, row - 1) && value(a, row) < value(b, row)
        case .both(let a, let b): holds(a, row) && holds(b, row)
        case .either(let a, let b): holds(a, row) || holds(b, row)
        case .not(let a): !holds(a, row)
        }
    }

    private func value(_ number: NumberExpression, _ row: Int) -> Double {
        guard row >= 0 else { return .nan }
        return switch number {
        case .constant(let value): value
        case .field(let field): candles.value(field, row)
        case .series(let series): columns[series]?[row] ?? .nan
        case .previous(let inner, let count): value(inner, row - count)
        case .magnitude(let inner): value(inner, row).magnitude
        case .arithmetic(let operation, let a, let b): operation.apply(value(a, row), value(b, row))
        // Gone after binding.
        case .parameter, .indicator: .nan
        }
    }
}

/// Candles added up to coarser ones, and for each fine row how many of those were closed by then. One with a part
/// missing is none, as everywhere (`WholeCandle`).
private struct CoarseCandles {
    private(set) var input = IndicatorInput([])
    private var closed: [Int] = []

    init(_ candles: [Candle], _ fine: Timeframe, into coarse: Timeframe) {
        let size = coarse.duration.milliseconds, parts = Int(size / fine.duration.milliseconds)
        var wholes: [Candle] = [], bucket: Int64?, gathered: Candle?, count = 0
        for candle in candles {
            let index = candle.openTime.milliseconds / size
            if index == bucket { gathered = gathered?.followed(by: candle) } else { (bucket, gathered, count) = (index, candle, 0) }
            count += 1
            // Candles are on the grid, so as many as there can be are all of them, and this is the last.
            if count == parts, let whole = gathered { wholes.append(whole) }
            closed.append(wholes.count)
        }
        input = IndicatorInput(wholes)
    }

    func spread(_ column: [Double]) -> [Double] { closed.map { $0 > 0 ? column[$0 - 1] : .nan } }
}

extension Candle {
    fileprivate func followed(by next: Candle) -> Candle? {
        Candle(
            openTime: openTime, open: open, high: max(high, next.high), low: min(low, next.low), close: next.close,
            volume: Quantity(volume.value + next.volume.value) ?? volume)
    }
}

extension Comparison {
    /// False if one of them is NaN.
    fileprivate func holds(_ a: Double, _ b: Double) -> Bool {
        switch self {
        case .less: a < b
        case .atMost: a <= b
        case .greater: a > b
        case .atLeast: a >= b
        case .equal: a == b
        case .unequal: a < b || a > b
        }
    }
}

extension IndicatorInput {
    fileprivate func value(_ field: CandleField, _ row: Int) -> Double {
        switch field {
        case .open: open[row]
        case .high: high[row]
        case .low: low[row]
        case .close: close[row]
        case .volume: volume[row]
        }
    }
}

extension Condition {
    /// In the order they are written.
    var series: [IndicatorSeries] {
        switch self {
        case .comparison(_, let a, let b), .crossesAbove(let a, let b), .crossesBelow(let a, let b): a.series + b.series
        case .both(let a, let b), .either(let a, let b): a.series + b.series
        case .not(let a): a.series
        }
    }
}

extension NumberExpression {
    var series: [IndicatorSeries] {
        switch self {
        case .series(let series): [series]
        case .constant, .parameter, .field, .indicator: []
        case .previous(let inner, _), .magnitude(let inner): inner.series
        case .arithmetic(_, let a, let b): a.series + b.series
        }
    }
}

extension IndicatorSeries {
    /// `ema_21`, `ema_21@1h`.
    public var name: String { spec.columnNames[column] + (timeframe.map { "@\($0.rawValue)" } ?? "") }
}
