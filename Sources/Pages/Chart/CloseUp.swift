// The candles round a market's last trade, one by one, so that its fills can be judged by eye.
import Backtest
import Kernel
import Market

struct CloseUp {
    let history: CandleHistory
    /// The market's trades, in the order of their ends.
    let trades: ArraySlice<BacktestTrade>
    static let candles = 150
    /// Candles shown after the last sale.
    private static let after = 10

    var markup: Markup {
        guard let rows else { return "" }
        let span = history.openTime[rows.lowerBound]...history.openTime[rows.upperBound - 1]
        let end = span.upperBound + history.timeframe.duration.milliseconds
        // A sale in a finer candle is within one of these.
        let shown = trades.filter { span.contains($0.entry.milliseconds) && (span.lowerBound..<end).contains($0.exit.milliseconds) }
        let symbol = history.instrument.symbol.description, words = "the last trades on \(rows.count) candles"
        var chart = Chart(
            title: "\(symbol), \(words)", description: "\(shown.count) trades.", time: TimeScale(span: span),
            values: ValueScale(Array(history.low[rows]) + Array(history.high[rows]) + shown.flatMap { [$0.entryPrice, $0.exitPrice] }))
        let up = rows.filter { history.close[$0] >= history.open[$0] }, down = rows.filter { history.close[$0] < history.open[$0] }
        chart.layers =
            [("up", up), ("down", down)].flatMap { kind, rows in
                [
                    Chart.Layer(kind: "candle wick \(kind)", path: rows.map { upright($0, history.low, history.high, chart) }.joined()),
                    Chart.Layer(kind: "candle body \(kind)", path: rows.map { upright($0, history.open, history.close, chart) }.joined())
                ]
            } + chart.layers(of: shown[...])
        return "<h4>\(symbol), \(words)</h4>\n\(chart.markup)"
    }

    /// The rows to show; nil without a trade.
    private var rows: Range<Int>? {
        guard let last = trades.last?.exit.milliseconds, let row = history.openTime.lastIndex(where: { $0 <= last }) else { return nil }
        let end = min(history.count, row + 1 + Self.after)
        return max(0, end - Self.candles)..<end
    }

    private func upright(_ row: Int, _ from: UnsafeBufferPointer<Double>, _ to: UnsafeBufferPointer<Double>, _ chart: Chart) -> String {
        "M\(chart.point(history.openTime[row], from[row]))L\(chart.point(history.openTime[row], to[row]))"
    }
}
