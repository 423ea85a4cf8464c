// Conditions judged row by row: every number as a whole column of the incremental indicator, coarser candles
// gathered anew. NaN where there is no value.
import Kernel
import Market
import Strategies

@testable import Backtest

struct SlowSignals {
    private let history: CandleHistory
    private let values: [CandleValues]

    init(_ history: CandleHistory) {
        self.history = history
        values = history.close.indices.map {
            CandleValues(open: history.open[$0], high: history.high[$0], low: history.low[$0], close: history.close[$0], volume: history.volume[$0])
        }
    }

    func holds(_ condition: Condition) -> [Bool] {
        switch condition {
        case .both(let a, let b): zip(holds(a), holds(b)).map { $0 && $1 }
        case .either(let a, let b): zip(holds(a), holds(b)).map { $0 || $1 }
        case .not(let a): holds(a).map { !$0 }
        case .comparison(let sign, let a, let b): zip(column(a), column(b)).map { Self.compare(sign, $0, $1) }
        case .crossesAbove(let a, let b): crosses(column(a), column(b))
        case .crossesBelow(let a, let b): crosses(column(b), column(a))
        }
    }

    func valuesExist(_ condition: Condition, at row: Int) -> Bool {
        switch condition {
        case .both(let a, let b), .either(let a, let b): valuesExist(a, at: row) && valuesExist(b, at: row)
        case .not(let a): valuesExist(a, at: row)
        case .comparison(_, let a, let b), .crossesAbove(let a, let b), .crossesBelow(let a, let b): !column(a)[row].isNaN && !column(b)[row].isNaN
        }
    }

    private func crosses(_ a: [Double], _ b: [Double]) -> [Bool] { a.indices.map { $0 > 0 && a[$0 - 1] <= b[$0 - 1] && a[$0] > b[$0] } }

    private static func compare(_ sign: Comparison, _ a: Double, _ b: Double) -> Bool {
        switch sign {
        case .less: a < b
        case .atMost: a <= b
        case .greater: a > b
        case .atLeast: a >= b
        case .equal: a == b
        case .unequal: !a.isNaN && !b.isNaN && a != b
        }
    }

    private func column(_ number: NumberExpression) -> [Double] {
        switch number {
        case .constant(let value): values.map { _ in value }
        case .field(let field):
            values.map { row in
                switch field {
                case .open: row.open
                case .high: row.high
                case .low: row.low
                case .close: row.close
                case .volume: row.volume
                }
            }
        case .previous(let inner, let count): ([Double](repeating: .nan, count: count) + column(inner)).dropLast(count).map { $0 }
        case .magnitude(let inner): column(inner).map(\.magnitude)
        case .arithmetic(let operation, let a, let b): zip(column(a), column(b)).map { operation.apply($0, $1) }
        case .series(let series): series.timeframe.map { coarse(series, $0) } ?? plain(series)
        case .parameter, .indicator: []
        }
    }

    private func plain(_ series: IndicatorSeries) -> [Double] {
        incremental(series, values)
    }

    private func incremental(_ series: IndicatorSeries, _ candles: [CandleValues]) -> [Double] {
        let kernel = series.incremental
        return candles.map { kernel.update($0) }
    }

    /// For each row the whole coarse candles that had ended when it closed, gathered from scratch.
    private func coarse(_ series: IndicatorSeries, _ timeframe: Timeframe) -> [Double] {
        let size = timeframe.duration.milliseconds, step = history.timeframe.duration.milliseconds
        var candles: [(end: Int64, candle: CandleValues)] = []
        for bucket in Set(history.openTime.map { $0 / size }).sorted() {
            let rows = history.openTime.indices.filter { history.openTime[$0] / size == bucket }
            guard let first = rows.first, let last = rows.last, Int64(rows.count) == size / step else { continue }
            candles.append(
                (
                    (bucket + 1) * size,
                    CandleValues(
                        open: values[first].open, high: rows.map { values[$0].high }.max() ?? 0, low: rows.map { values[$0].low }.min() ?? 0,
                        close: values[last].close, volume: rows.reduce(0) { $0 + values[$1].volume })
                ))
        }
        let column = incremental(series, candles.map(\.candle))
        return history.openTime.map { time in
            let seen = candles.count { $0.end <= time + step }
            return seen > 0 ? column[seen - 1] : .nan
        }
    }
}
