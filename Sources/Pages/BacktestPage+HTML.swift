// A backtest as one HTML page: nothing is fetched, nothing runs, and its policy forbids both.
import Kernel
import Messaging
import Strategies

extension BacktestPage {
    var name: String { SafeText.line(strategy.name, limit: 120) }

    /// The whole page; the same page gives the same bytes.
    public var html: String {
        let body: Markup = """
            \(Headline(page: self).markup)\(KeyFigures(page: self).markup)\(CurveCharts(page: self).equity)\
            \(CurveCharts(page: self).drawdown)\
            \(MonthlyTable(page: self).markup)\(TradeCharts(page: self).markup)\(ExitTable(page: self).markup)\(Doubts(page: self).markup)\
            \(TradeTable(page: self).markup)\(StatisticsTable(page: self).markup)
            """
        let markup: Markup = """
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
        return markup.text
    }
}
