// A backtest as one HTML page: nothing is fetched, nothing runs, and its policy forbids both.
import Kernel
import Messaging
import Strategies

extension BacktestReport {
    var name: String { SafeText.line(strategy.name, limit: 120) }

    /// The whole page; the same report gives the same bytes.
    public var page: String {
        let body: Markup = """
            \(Headline(report: self).markup)\(KeyFigures(report: self).markup)\(CurveCharts(report: self).equity)\
            \(CurveCharts(report: self).drawdown)\
            \(MonthlyTable(report: self).markup)\(TradeCharts(report: self).markup)\(ExitTable(report: self).markup)\(Doubts(report: self).markup)\
            \(TradeTable(report: self).markup)\(StatisticsTable(report: self).markup)
            """
        let page: Markup = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/><meta name="color-scheme" content="light dark"/>
            <title>\(name), backtest \(Headline.day(span.lowerBound)) to \(Headline.day(span.upperBound))</title>
            <style>\(PageStyle.markup)</style></head>
            <body><main>
            \(body)<footer><p>Made by carillon backtest from candles of the past. The past does not promise anything.</p></footer>
            </main></body></html>

            """
        return page.text
    }
}
