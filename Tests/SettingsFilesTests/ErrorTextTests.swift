// Every mistake a person makes in a settings file, with the exact line it is answered with.
import Testing

@testable import SettingsFiles

@Suite("Errors in a settings file")
struct ErrorTextTests {
    @Test(
        "a mistake is named with its place and what to do",
        arguments: [
            ("cycle:\n  intervall: 60 min\n", "2:3: unknown key 'intervall'. Did you mean 'interval'?"),
            ("cycel:\n  interval: 60 min\n", "1:1: unknown key 'cycel'. Did you mean 'cycle'?"),
            ("interval: 60 min\n", "1:1: unknown key 'interval'. Did you mean 'cycle.interval'?"),
            ("heat: 6 %\n", "1:1: unknown key 'heat'. Did you mean 'heat in the risk file'?"),
            ("report:\n  colour: red\n", "2:3: unknown key 'colour'. Here may stand: zone"),
            ("cycle:\n  interval: soon\n", "2:13: cycle.interval is 'soon', expected a duration such as 30 s, 60 min or 6 h"),
            ("cycle:\n  interval: 60\n", "2:13: cycle.interval is '60', expected a duration such as 30 s, 60 min or 6 h"),
            ("cycle:\n  interval:\n", "2:12: cycle.interval has no value, expected a duration such as 30 s, 60 min or 6 h"),
            ("cycle:\n  interval: [60 min]\n", "2:13: cycle.interval is a list, expected a duration such as 30 s, 60 min or 6 h"),
            ("cycle:\n  candles: 2e2\n", "2:12: cycle.candles is '2e2', expected a whole number such as 3"),
            ("cycle:\n  candles: 20\n", "2:12: cycle.candles: 20 is below the smallest allowed, 50"),
            ("cycle:\n  interval: 7 min\n  startWindow: 1 min\n", "2:13: cycle.interval: 7 min does not divide a day evenly; 60 min does"),
            ("cycle: 60 min\n", "1:8: cycle is '60 min', expected settings such as interval"),
            ("- cycle\n", "1:1: the file is a list, expected settings such as account"),
            ("just words\n", "1:1: the file is 'just words', expected settings such as account"),
            ("account:\n  mode: live\n", "2:9: account.mode: live trading is not part of this version; use 'paper'"),
            ("account:\n  mode: Paper\n", "2:9: account.mode is 'Paper', expected one of paper, live"),
            ("account:\n  quote: usdt\n", "2:10: account.quote is 'usdt', expected a currency code in capitals, such as USDT"),
            ("account:\n  startBalance: 1,000\n", "2:17: account.startBalance is '1,000', expected a number such as 100 or 2.5"),
            ("account:\n  startBalance: 1e13\n", "2:17: account.startBalance: 10000000000000 is above the largest allowed, 1000000000"),
            ("consensus:\n  floor: 70\n", "2:10: consensus.floor: 7000 % is above the largest allowed, 100 %"),
            ("feeds:\n  newsapi: maybe\n", "2:12: feeds.newsapi is 'maybe', expected true or false"),
            ("feeds:\n  prices: candles\n", "2:11: feeds.prices: candles need feeds.folder, the folder of the candle files"),
            ("feeds:\n  news: [ftp://example.org]\n", "2:10: feeds.news.0: expected an address such as https://example.org"),
            (
                "feeds:\n  news: ['https://me:pw@example.org']\n",
                "2:10: feeds.news.0: an address here carries no user or password (the value is not shown)"
            ),
            (
                "models:\n  openaiURL: http://example.org/v1\n",
                "2:14: models.openaiURL: is not encrypted; use https:// (http:// is allowed to this machine only)"
            ),
            (
                "models:\n  prices: {m: cheap}\n",
                "2:15: models.prices.m has no price, expected free, or USD per million tokens such as {input: 1, output: 5}"
            ),
            ("models:\n  prices: {m: {input: 1}}\n", "2:15: models.prices.m has no 'output', expected a number such as 100 or 2.5"),
            ("universe:\n  stablecoins: [DAI, USDC, DAI]\n", "2:28: universe.stablecoins.2 stands in the list twice"),
            ("universe:\n  overrides: {BTC: Bitcoin!}\n", "2:20: universe.overrides.BTC: 'Bitcoin!' is no CoinGecko id; an example is bitcoin"),
            (
                "telegram:\n  enabled: true\n",
                "2:12: telegram.enabled: needs telegram.chatId, the number of your chat with the bot; carillon telegram chats shows it"
            ),
            ("report:\n  zone: Europe/../etc\n", "2:9: report.zone is 'Europe/../etc', expected a time zone such as UTC, +09:00 or Europe/Berlin"),
            ("bracket:\n  rungs:\n    - {gain: 3 %, share: 33 %}\n", "3:5: bracket.rungs: 1 rungs found, the ladder has 3"),
            ("panel:\n  - {name: trend, kind: indicator}\n", "2:5: panel.0 has no 'role', expected voter or guard")
        ])
    func text(_ yaml: String, _ expected: String) {
        #expect(problems(yaml) == ["config/carillon.yaml:" + expected])
    }

    @Test(
        "the seats of the panel are checked",
        arguments: [
            (
                "{name: trends, kind: indicator, role: voter}",
                "2:12: panel.0.name: no indicator is called 'trends'; there are trend, momentum, meanReversion, volatilityRisk"
            ),
            ("{name: trend, kind: indicator, role: guard}", "2:42: panel.0.role: 'trend' is a voter"),
            ("{name: a/b, kind: prompt, role: voter}", "2:12: panel.0.name: a prompt's name has 1 to 64 letters, digits, '-' and '_'"),
            (
                "{name: technical, kind: prompt, role: voter, model: big}",
                "2:57: panel.0.model: 'big' has no price; add it to models.prices, or 'free' there if it costs nothing"
            ),
            ("{name: momentum, kind: indicator, role: voter}", "3:12: panel.1.name: 'momentum' sits on the panel twice")
        ])
    func seats(_ seat: String, _ expected: String) {
        let rest = ["momentum", "meanReversion"].map { "  - {name: \($0), kind: indicator, role: voter}\n" }.joined()
        #expect(problems("panel:\n  - \(seat)\n\(rest)") == ["config/carillon.yaml:" + expected])
    }

    @Test(
        "a model on this machine needs no price, and one marked free neither",
        arguments: [
            "models: {provider: openai, openaiURL: 'http://127.0.0.1:8080/v1'}\n", "models: {prices: {big: free}}\n"
        ])
    func freeModels(_ models: String) {
        let panel = "panel:\n  - {name: technical, kind: prompt, role: voter, model: big}\n  - {name: trend, kind: indicator, role: voter}\n"
        #expect(problems(panel + models) == [])
    }

    @Test("shares that do not sum to exactly the whole are refused")
    func shares() {
        let rungs = "bracket:\n  rungs:\n    - {gain: 3 %, share: 33 %}\n    - {gain: 5 %, share: 33 %}\n    - {gain: 8 %, share: 33.999 %}\n"
        #expect(problems(rungs) == ["config/carillon.yaml:3:5: bracket.rungs: the shares sum to 99.999 %, they must sum to exactly 100 %"])
    }

    @Test("all mistakes of both files are told at once, in the order of their lines")
    func all() {
        let found = read("cycle:\n  candles: 20\n  intervall: 1 h\nreport:\n  zone: nowhere\n", risk: "heat: 50 %\nprofil: bold\n")
        guard case .failure(let error) = found else { Issue.record("accepted"); return }
        #expect(
            error.render() == """
                config/carillon.yaml:2:12: cycle.candles: 20 is below the smallest allowed, 50
                config/carillon.yaml:3:3: unknown key 'intervall'. Did you mean 'interval'?
                config/carillon.yaml:5:9: report.zone is 'nowhere', expected a time zone such as UTC, +09:00 or Europe/Berlin
                config/risk.yaml:1:7: heat: 50 % is above the compiled-in ceiling of 6 %
                config/risk.yaml:2:1: unknown key 'profil'. Did you mean 'profile'?
                nothing was changed (exit 78)
                """)
    }
}
