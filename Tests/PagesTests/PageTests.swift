// A page about a backtest: whole, closed to the outside, bounded, and with the run's own numbers.
import Kernel
import Market
import Statistics
import Strategies
import Testing

@testable import Backtest
@testable import Pages

@Suite("A backtest's page")
struct PageTests {
    @Test("it is well-formed, its sections have headings, its tables heads and its pictures words")
    func wellFormed() throws {
        let page = try StrictReader(Runs.usual().html)
        let ids = page.elements.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count && ids == ["key", "equity", "drawdown", "months", "candles", "exits", "doubts", "trades", "all"])
        for element in page.elements {
            switch element.name {
            case "section": #expect(element.attributes["aria-labelledby"].map(ids.contains) == true)
            case "svg": #expect(element.attributes["role"] == "img" && element.attributes["aria-label"]?.isEmpty == false)
            case "th": #expect(["col", "row"].contains(element.attributes["scope"]))
            default: break
            }
        }
        let count = { name in page.elements.count { $0.name == name } }
        #expect(count("h1") == 1 && count("title") == 1 && count("table") == 5 && count("caption") == 5 && count("svg") == 6)
        #expect(page.elements.first { $0.name == "html" }?.attributes["lang"] == "en")
    }

    @Test("nothing in it can be fetched or run")
    func closed() throws {
        let text = try Runs.usual().html, page = try StrictReader(text)
        for part in ["http:", "https:", "//", "url(", "@import", "data:", "javascript"] { #expect(!text.contains(part), "\(part)") }
        let allowed = Set(
            """
            html head meta title style body main header section footer h1 h2 h3 h4 p small span dl dt dd div data \
            table caption thead tbody tr th td ul li code svg path i
            """
            .split(separator: " ").map(String.init))
        #expect(page.elements.filter { !allowed.contains($0.name) }.isEmpty)
        #expect(page.elements.filter { $0.attributes.keys.contains { $0 == "src" || $0 == "href" || $0.hasPrefix("on") } }.isEmpty)
        #expect(page.elements.contains { $0.name == "meta" && $0.attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'" })
    }

    @Test(
        "names from outside stay text",
        arguments: [
            "</title><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='x", "&lt;b&gt; & &#x41;",
            "a\u{0}b\u{1B}[31m\u{202E}c\nd", "]]>--><!--"
        ])
    func hostile(_ name: String) throws {
        var strategy = Runs.strategy()
        strategy.name = name
        let page = try Runs.report([Runs.history("AAA", rows: 300, seed: 3)], strategy, source: name).html
        let read = try StrictReader(page), plain = try StrictReader(Runs.report([Runs.history("AAA", rows: 300, seed: 3)], Runs.strategy()).html)
        #expect(read.elements.map(\.name) == plain.elements.map(\.name))
        #expect(read.elements.map(\.attributes) == plain.elements.map(\.attributes))
        #expect(!page.contains("\u{202E}"))
    }

    @Test("each figure stands under its name with its exact number, or with its reason")
    func figures() throws {
        let report = try Runs.usual(), lines = report.html.split(separator: "\n")
        #expect(report.statistics.rows.count == 48 && report.result.tradeCount > 100)
        for row in report.statistics.rows {
            let line = try #require(lines.first { $0.contains("<code>\(row.name)</code>") })
            #expect(
                try row.machineText.map { line.contains("<data value=\"\($0)\">") } ?? line.contains("(\(#require(row.value.absence)))"), "\(line)")
        }
        #expect(report.html.contains("<dt>Final equity</dt><dd><data value=\"\(report.result.finalEquity)\">"))
    }

    @Test("the shares of the ways to end add up to all trades, and their profits to the net profit")
    func endings() throws {
        let report = try Runs.usual(), net = report.result.trades.reduce(FixedDecimal.zero) { $0 + $1.profit }
        #expect(report.statistics[trade: .net] == .exact(net))
        for ending in Set(report.result.trades.map(\.ending)) {
            let trades = report.result.trades.filter { $0.ending == ending }
            #expect(ExitTable(page: report).markup.text.contains("<td class=\"n\">\(trades.count)</td>"))
            #expect(ExitTable(page: report).markup.text.contains("<data value=\"\(trades.reduce(FixedDecimal.zero) { $0 + $1.profit })\">"))
        }
    }

    @Test("the same run gives the same bytes")
    func deterministic() throws { #expect(try Runs.usual().html == Runs.usual().html) }

    @Test("a long run makes no large page")
    func bounded() throws {
        let days = try Runs.report([Runs.history("AAA", rows: 9_000, timeframe: .d1, seed: 4)], Runs.strategy(.d1))
        let many = try Runs.report((0..<60).map { Runs.history("C\($0)", rows: 1_500, seed: UInt64($0)) }, Runs.strategy())
        #expect(days.result.marks.count == 9_000 && days.result.trades.count > TradeCharts.limit)
        for report in [days, many] {
            let page = try StrictReader(report.html)
            #expect(report.html.utf8.count < 400_000)
            #expect(page.elements.compactMap { $0.attributes["d"]?.split(separator: "L").count }.max() ?? 0 <= 2 * CurveCharts.limit)
            #expect(page.elements.compactMap { $0.attributes["d"]?.split(separator: "M").count }.max() ?? 0 <= TradeCharts.limit)
        }
        #expect(many.html.contains("and 20 more") && days.html.contains("the last 400 shown"))
    }

    @Test("a run without a trade, and one of a single candle, are told as well", arguments: [1, 500])
    func quiet(_ rows: Int) throws {
        let report = try Runs.report([Runs.history("AAA", rows: rows, seed: 5)], Runs.strategy(buysAt: 99)), page = try StrictReader(report.html)
        #expect(
            page.text.contains("None.") && page.text.contains("(no trades)") && page.text.contains("It never traded.") && page.text.contains("0.00")
                && !page.elements.contains { $0.attributes["id"] == "candles" })
    }

    @Test(
        "what is unproven is said",
        arguments: [
            (nil, "look-ahead and warm-up not looked at (--fast)"), (LeakFindings(), "too few candles to look for look-ahead and warm-up")
        ] as [(LeakFindings?, String)])
    func unproven(_ leaks: LeakFindings?, _ words: String) throws {
        var strategy = Runs.strategy()
        strategy.aiConviction = "0.6"
        let page = try Runs.report([Runs.history("AAA", rows: 300, seed: 6)], strategy, leaks: leaks).html
        for part in [
            words, "<dd>the model’s part; ", "The rules alone traded, and that is not the strategy.",
            "smallest order are assumed, the first two from the candles’ decimals: AAA/USDT 0.01, 0.0001 and 10.", "<dt>Dust</dt>", "Spread, depth"
        ] { #expect(page.contains(part), "\(part)") }
    }
}
