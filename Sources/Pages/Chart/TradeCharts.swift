// Where the run bought and sold, on the candles of the markets it traded most: the closes as a line, in the band of
// lows and highs, each trade from its purchase to its last sale.
import Backtest
import Kernel
import Market
import Messaging

struct TradeCharts {
    let page: BacktestPage
    static let markets = 3
    /// Stretches of candles a picture has at most.
    static let stretches = 500
    /// Trades a picture has at most: the last ones.
    static let limit = 400

    var markup: Markup {
        let chosen = mostTraded
        guard !chosen.isEmpty else { return "" }
        return """
            <section aria-labelledby="candles"><h2 id="candles">Trades on the candles</h2>
            <p class="legend"><span class="key buy">bought</span> <span class="key won">sold with a profit</span> <span class="key lost">sold with \
            a loss</span> <small>on closes, in the band of lows and highs; \
            \(chosen.count == page.histories.count ? "all markets" : "the \(chosen.count) most traded of \(page.histories.count) markets")\
            </small></p>
            \(chosen.map(picture))</section>

            """
    }

    /// Markets by their trades, most first; equal ones in the order of the run.
    private var mostTraded: [Int] {
        var counts = Array(repeating: 0, count: page.histories.count)
        for trade in page.result.trades { counts[trade.instrument] += 1 }
        return Array(counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(Self.markets))
    }

    private func picture(_ market: Int) -> Markup {
        let history = page.histories[market], symbol = history.instrument.symbol.description
        let all = page.result.trades.filter { $0.instrument == market }, trades = all.suffix(Self.limit)
        let bands = Self.bands(history)
        let scale = ValueScale(bands.flatMap { [$0.low, $0.high] } + trades.flatMap { [$0.entryPrice, $0.exitPrice] }, ratio: 6)
        let profit = all.reduce(FixedDecimal.zero) { $0 + $1.profit }
        var chart = Chart(
            title: "\(symbol), trades", description: "\(all.count) trades, together \(Format.amount(profit, signed: true)).",
            time: TimeScale(span: page.span), values: scale)
        chart.layers =
            [
                .init(kind: "fill band", path: chart.area(bands.map { ($0.time, $0.high) }, bands.map { ($0.time, $0.low) })),
                .init(kind: "line price", path: chart.line(bands.map { ($0.time, $0.close) }))
            ] + chart.layers(of: trades)
        let note = trades.count < all.count ? ", the last \(trades.count) shown" : ""
        return """
            <h3>\(symbol) <small>\(all.count) trades\(note), \(Format.amount(profit, signed: true)) \
            \(page.currency)\(scale.isLogarithmic ? "; equal factors take equal room" : "")</small></h3>
            \(chart.markup)\(CloseUp(history: history, trades: trades).markup)
            """
    }

    private struct Band {
        let time: Int64
        let low, high, close: Double
    }

    private static func bands(_ history: CandleHistory) -> [Band] {
        let count = min(stretches, history.count)
        return (0..<count).map { number in
            let rows = (history.count * number / count)..<(history.count * (number + 1) / count)
            return Band(
                time: history.openTime[rows.upperBound - 1], low: history.low[rows].min() ?? 0, high: history.high[rows].max() ?? 0,
                close: history.close[rows.upperBound - 1])
        }
    }
}

extension Chart {
    /// More trades than this get smaller marks.
    private static let crowd = 120

    /// Each trade from its purchase to its last sale.
    func layers(of trades: ArraySlice<BacktestTrade>) -> [Layer] {
        func way(_ trade: BacktestTrade) -> String {
            "M\(point(trade.entry.milliseconds, trade.entryPrice))L\(point(trade.exit.milliseconds, trade.exitPrice))"
        }
        func sold(_ trades: [BacktestTrade]) -> String { marks(trades.map { ($0.exit.milliseconds, $0.exitPrice) }) }
        let mark = trades.count > Self.crowd ? "mark small" : "mark"
        let won = trades.filter(\.profit.isPositive), lost = trades.filter { !$0.profit.isPositive }
        return [
            .init(kind: "way won", path: won.map(way).joined()), .init(kind: "way lost", path: lost.map(way).joined()),
            .init(kind: "\(mark) buy", path: marks(trades.map { ($0.entry.milliseconds, $0.entryPrice) })),
            .init(kind: "\(mark) won", path: sold(won)), .init(kind: "\(mark) lost", path: sold(lost))
        ]
    }
}
