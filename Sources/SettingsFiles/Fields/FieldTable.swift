// Every setting of `carillon.yaml`, and of the risk file, in the order in which they are shown.
import Settings

enum FieldTable {
    /// The sections of the main file.
    static let main: [Section] = [
        account, feeds, exchange, universe, cycle, panel, instances, models, consensus, bracket, fills, telegram, report, paths
    ]

    private static let account = Section(
        "account",
        [
            .value("mode", \.account.mode, .word()),
            .value("quote", \.account.quote, .currency),
            .value("startBalance", \.account.startBalance, .decimal)
        ])

    private static let feeds = Section(
        "feeds",
        [
            .value("prices", \.feeds.prices, .word()),
            .value("address", \.feeds.address, .text("an address such as https://api.binance.com")),
            .optional("folder", \.feeds.folder, .text("a folder such as ../candles")),
            .value("seed", \.feeds.seed, .seed),
            .value("instruments", \.feeds.instruments, .count),
            .list("news", \.feeds.news, .text("an address such as https://example.org/rss"), "a list of addresses such as [https://example.org/rss]"),
            .value("newsapi", \.feeds.newsapi, .onOff),
            .value("newsapiURL", \.feeds.newsapiURL, .text("an address such as https://newsapi.org/v2")),
            .value("coingecko", \.feeds.coingecko, .onOff),
            .value("coingeckoURL", \.feeds.coingeckoURL, .text("an address such as https://api.coingecko.com/api/v3")),
            .value("feargreed", \.feeds.feargreed, .onOff),
            .value("feargreedURL", \.feeds.feargreedURL, .text("an address such as https://api.alternative.me"))
        ])

    private static let exchange = Section(
        "exchange",
        [
            .value("host", \.exchange.host, .text("testnet, demo, live or an address on this machine")),
            .value("receiveWindow", \.exchange.receiveWindow, .duration)
        ])

    private static let universe = Section(
        "universe",
        [
            .value("marketCap", \.universe.marketCap, .decimal),
            .value("quoteVolume", \.universe.quoteVolume, .decimal),
            .value("spread", \.universe.spread, .share),
            .value("listed", \.universe.listed, .duration),
            .list("allowUnknown", \.universe.allowUnknown, .word(), "a list of filters such as [marketCap, spread]"),
            .list("stablecoins", \.universe.stablecoins, .currency, "a list of currency codes such as [USDC, DAI]"),
            .overrides
        ])

    private static let cycle = Section(
        "cycle",
        [
            .value("interval", \.cycle.interval, .duration),
            .value("startWindow", \.cycle.startWindow, .duration),
            .value("fetchDeadline", \.cycle.fetchDeadline, .duration),
            .value("panelDeadline", \.cycle.panelDeadline, .duration),
            .value("snapshotMaxAge", \.cycle.snapshotMaxAge, .duration),
            .value("answerMaxAge", \.cycle.answerMaxAge, .duration),
            .value("maxMove", \.cycle.maxMove, .decimal),
            .value("candles", \.cycle.candles, .count),
            .value("monitorInterval", \.cycle.monitorInterval, .duration),
            .value("heartbeat", \.cycle.heartbeat, .duration)
        ])

    private static let panel = Section("", [.panel])

    private static let instances = Section("", [.instances])

    private static let models = Section(
        "models",
        [
            .value("provider", \.models.provider, .word()),
            .value("anthropicURL", \.models.anthropicURL, .text("an address such as https://api.anthropic.com")),
            .value("openaiURL", \.models.openaiURL, .text("an address such as https://api.openai.com/v1")),
            .prices,
            .value("dailyBudget", \.models.dailyBudget, .decimal)
        ])

    private static let consensus = Section(
        "consensus",
        [
            .value("floor", \.consensus.floor, .share),
            .value("agreements", \.consensus.agreements, .count),
            .value("top", \.consensus.top, .count),
            .value("shortlist", \.consensus.shortlist, .count)
        ])

    private static let bracket = Section(
        "bracket",
        [
            .value("stop", \.bracket.stop, .share),
            .rungs,
            .value("trailing", \.bracket.trailing, .share)
        ])

    private static let fills = Section(
        "fills",
        [
            .value("fee", \.fills.fee, .share),
            .value("slippage", \.fills.slippage, .share)
        ])

    private static let telegram = Section(
        "telegram",
        [
            .value("enabled", \.telegram.enabled, .onOff),
            .optional("chatId", \.telegram.chatId, .number),
            .value("baseURL", \.telegram.baseURL, .text("an address such as https://api.telegram.org")),
            .sound
        ])

    private static let report = Section("report", [.value("zone", \.report.zone, .zone)])

    private static let paths = Section(
        "",
        [
            .value("risk", \.paths.risk, .text("a file such as risk.yaml")),
            .value("prompts", \.paths.prompts, .text("a folder such as ../prompts")),
            .value("strategies", \.paths.strategies, .text("a folder such as strategies"))
        ])

    /// Dotted places of the main file where a setting of this name stands; the risk file's are marked as such.
    static func places(named name: String) -> [String] {
        let inMain = main.flatMap { section in
            section.fields.filter { $0.name == name }.map { section.name.isEmpty ? $0.name : "\(section.name).\($0.name)" }
        }
        return inMain + risk.fields.filter { $0.name == name }.map { "\($0.name) in the risk file" }
    }
}
