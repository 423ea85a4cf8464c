// The run as two curves, each beside buying and holding: what the money became, and how far below its highest it stood.
import Backtest
import Kernel
import Messaging
import Strategies

struct CurveCharts {
    let page: BacktestPage
    /// Points a line has at most.
    static let limit = 1_500

    private typealias Points = [(time: Int64, value: Double)]
    private var time: TimeScale { TimeScale(span: page.span) }

    /// Holding beside the run: with no more money at work than the run had, if that is known and less than all.
    private var held: [EquityMark] {
        page.holdWords.scaled == nil ? page.hold.marks : page.hold.marks(with: page.exposure, of: page.terms.capital)
    }
    private var holder: String {
        page.holdWords.scaled == nil
            ? "buy and hold, equal parts" : "buy and hold with the same money at work (\(Format.figure(page.exposure * 100)) %)"
    }

    /// From the capital at the first moment on.
    private func points(_ marks: [EquityMark]) -> Points {
        [(page.span.lowerBound, page.terms.capital.double)] + marks.map { ($0.time.milliseconds, $0.equity) }
    }

    private func underwater(_ points: Points) -> Points {
        var peak = 0.0
        return points.map { point in
            peak = max(peak, point.value)
            return (point.time, peak > 0 ? (point.value / peak - 1) * 100 : 0)
        }
    }

    private func thinned(_ points: Points) -> Points { Thinning.indexes(points.map(\.value), limit: Self.limit).map { points[$0] } }

    var equity: Markup {
        let run = points(page.result.marks), hold = points(held)
        let scale = ValueScale((run + hold).map(\.value), ratio: 6)
        let end = Format.amount(page.result.finalEquity), other = Format.figure(hold[hold.count - 1].value)
        var chart = Chart(
            title: "Equity", description: "From \(Format.amount(page.terms.capital)) to \(end); \(holder) ends at \(other).", time: time,
            values: scale)
        chart.layers = [.init(kind: "line hold", path: chart.line(thinned(hold))), .init(kind: "line run", path: chart.line(thinned(run)))]
        return """
            <section aria-labelledby="equity"><h2 id="equity">Equity</h2>
            <p class="legend"><span class="key run">strategy</span> <span class="key hold">\(holder)</span> \
            <small>at daily closes (UTC)\(scale.isLogarithmic ? "; equal factors take equal room" : "")</small></p>
            \(chart.markup)</section>

            """
    }

    var drawdown: Markup {
        let run = underwater(points(page.result.marks)), hold = underwater(points(held))
        let deepest = run.map(\.value).min() ?? 0, deepestHold = hold.map(\.value).min() ?? 0
        var chart = Chart(
            title: "Drawdown", description: "Deepest \(Format.figure(deepest)) %; \(holder) \(Format.figure(deepestHold)) %.", time: time,
            values: ValueScale((run + hold).map(\.value) + [-1, 0], unit: " %"), isTall: false)
        let thin = thinned(run)
        chart.layers = [
            .init(kind: "fill run", path: chart.area(thin.map { ($0.time, 0) }, thin)), .init(kind: "line hold", path: chart.line(thinned(hold))),
            .init(kind: "line run", path: chart.line(thin))
        ]
        return """
            <section aria-labelledby="drawdown"><h2 id="drawdown">Drawdown</h2>
            <p class="legend"><span class="key run">strategy</span> <span class="key hold">\(holder)</span> <small>below the highest equity \
            before</small></p>
            \(chart.markup)</section>

            """
    }
}
