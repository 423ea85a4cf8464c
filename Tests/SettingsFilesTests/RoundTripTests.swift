// What is written reads back the same: the shipped files, the effective settings, every kind of value.
import Kernel
import Market
import Settings
import Testing

@testable import SettingsFiles

@Suite("Settings as text")
struct RoundTripTests {
    @Test("the shipped files are the defaults, and show every setting")
    func shipped() throws {
        let loaded = try ConfigurationLoader.load(.file(repository + "/config/carillon.yaml")).get()
        #expect(loaded.settings == .default)
        let main = try String(decoding: FileReader.read(repository + "/config/carillon.yaml", limit: 1 << 20).bytes, as: UTF8.self)
        let risk = try String(decoding: FileReader.read(repository + "/config/risk.yaml", limit: 1 << 20).bytes, as: UTF8.self)
        for section in FieldTable.main {
            for field in section.fields {
                #expect(main.contains("\n\(section.name.isEmpty ? "" : "  ")\(field.name):"), "\(section.name).\(field.name)")
            }
        }
        for field in FieldTable.risk.fields { #expect(risk.contains("\n\(field.name):"), "\(field.name)") }
    }

    @Test("the defaults have no problem, and no file means the defaults")
    func defaults() throws {
        #expect(CarillonSettings.default.problems() == [])
        #expect(try ConfigurationLoader.load(.defaults).get() == LoadedConfiguration(settings: .default, file: nil))
    }

    @Test("the canonical text loads to the same settings, over seeds")
    func roundTrip() throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<200 {
            let settings = Self.random(&random)
            try #require(settings.problems() == [])
            #expect(try read(SettingsText.main(settings), risk: SettingsText.risk(settings)).get() == settings)
        }
    }

    @Test("every stored setting has its field in a table, and no field is without one")
    func complete() {
        for section in Mirror(reflecting: CarillonSettings.default).children {
            let name = section.label ?? ""
            // Panel and instances are one list each, and the paths stand at the top of the file.
            if ["panel", "instances"].contains(name) { continue }
            let stored = Mirror(reflecting: section.value).children.compactMap(\.label)
            let table = (FieldTable.main + [FieldTable.risk]).filter { $0.name == (name == "paths" ? "" : name) }
            let fields = table.flatMap { $0.fields.map(\.name) }.filter { !["panel", "instances"].contains($0) }
            #expect(Set(stored) == Set(fields), "\(name)")
        }
    }

    @Test("the hash is of the canonical text, and differs where the settings do")
    func hash() {
        var seen: Set<String> = [SettingsText.configHash(.default, hash: identity)]
        var random = SplitMix64(seed: 5)
        for _ in 0..<50 { seen.insert(SettingsText.configHash(Self.random(&random), hash: identity)) }
        #expect(seen.count == 51)
    }

    @Test(
        "shares are read exactly",
        arguments: [
            ("2 %", "0.02"), ("2%", "0.02"), ("0.02", "0.02"), ("20 bps", "0.002"), ("0.0000000001 %", "0.000000000001"), ("-3 %", "-0.03"),
            ("100 %", "1")
        ])
    func shares(_ text: String, _ expected: String) { #expect(Measure.share(text)?.description == expected) }

    @Test(
        "what is no exact share is refused",
        arguments: ["", "%", "2 percent", "2  %", " 2 %", "0.00000000001 %", "2 %%", "٢ %", "+2 %", "1/3", "NaN", "2 "])
    func noShares(_ text: String) { #expect(Measure.share(text) == nil) }

    @Test(
        "durations are read exactly, and written as people say them",
        arguments: [
            ("60 min", 3_600_000, "60 min"), ("1 h", 3_600_000, "60 min"), ("6 h", 21_600_000, "6 h"), ("30s", 30_000, "30 s"),
            ("1.5 h", 5_400_000, "90 min"),
            ("1 day", 86_400_000, "24 h"), ("30 days", 2_592_000_000, "30 days"), ("250 ms", 250, "250 ms"), ("0 s", 0, "0 s"), ("1 s", 1_000, "1 s")
        ] as [(String, Int64, String)])
    func durations(_ text: String, _ milliseconds: Int64, _ written: String) {
        #expect(Measure.duration(text) == TimeSpan(milliseconds: milliseconds))
        #expect(TimeSpan(milliseconds: milliseconds).plainText == written)
    }

    @Test("what is no duration is refused", arguments: ["60", "h", "-1 h", "0.1 ms", "1 week", "99999999999999 s", "4000000000 s", "1h30min", ""])
    func noDurations(_ text: String) { #expect(Measure.duration(text) == nil) }

    /// Valid settings that differ from the defaults all over.
    static func random(_ random: inout SplitMix64) -> CarillonSettings {
        func share(_ range: ClosedRange<Int>) -> Ratio { Ratio(FixedDecimal(raw: Int128(Int.random(in: range, using: &random)) * 1_000_000)) }
        var settings = CarillonSettings.default
        settings.risk = RiskLimits(profile: RiskProfile.Name.allCases.randomElement(using: &random)!)
        settings.risk.heat = share(30_000...60_000)
        settings.risk.riskPerTrade = share(6_000...20_000)
        settings.risk.kellyFactor = share(1...500_000)
        settings.risk.lossStreak = Int.random(in: 1...9, using: &random)
        settings.risk.tradingDayOffset = TimeSpan(milliseconds: Int64.random(in: 0..<86_400_000, using: &random))
        settings.account.startBalance = FixedDecimal(raw: Int128.random(in: FixedDecimal.scale...FixedDecimal.scale * 1_000_000, using: &random))
        settings.consensus.floor = share(500_000...1_000_000)
        settings.cycle.fetchDeadline = TimeSpan(milliseconds: Int64.random(in: 1_000...1_800_000, using: &random))
        settings.feeds.seed = UInt64.random(in: .min ... .max, using: &random)
        settings.feeds.folder = Bool.random(using: &random) ? nil : "a \"b\" \\ 'c' # d: \u{e9}"
        settings.feeds.news = ["https://example.org/rss?a=1&b=2", "http://127.0.0.1:8080/"].shuffled(using: &random)
        settings.exchange.host = ["testnet", "demo", "live", "http://127.0.0.1:8080"].randomElement(using: &random)!
        settings.exchange.receiveWindow = TimeSpan(milliseconds: Int64.random(in: 1_000...60_000, using: &random))
        settings.universe.allowUnknown = DataFilter.allCases.shuffled(using: &random)
        settings.universe.overrides = [CoinOverride(currency: .usd, coin: "usd-coin"), CoinOverride(currency: .usdt, coin: "tether")]
        settings.panel.analysts.append(AnalystSettings("risk", .prompt, .guardian, model: "m:1", provider: .openai))
        settings.models.prices = [ModelPrice(model: "m:1", input: share(0...9_000_000).value, output: "5", cachedInput: "0.1"), .free("no")]
        settings.bracket.rungs[0].share = share(100_000...400_000)
        settings.bracket.rungs[1].share = share(100_000...400_000)
        settings.bracket.rungs[2].share = Ratio(.one - settings.bracket.rungs[0].share.value - settings.bracket.rungs[1].share.value)
        settings.telegram.chatId = Bool.random(using: &random) ? nil : -Int64.random(in: 1...Int64.max, using: &random)
        settings.telegram.enabled = settings.telegram.chatId != nil
        settings.telegram.sound.trades = Bool.random(using: &random)
        settings.report.zone = ["UTC", "+09:00", "-03:30", "Europe/Berlin", "America/Argentina/Buenos_Aires"].compactMap { ReportZone($0) }
            .randomElement(using: &random)!
        settings.instances = [
            InstanceSettings(
                name: "one", strategy: "trend-following", version: Bool.random(using: &random) ? nil : 7,
                symbols: [nil, [], [Symbol("BTC/USDT")!, Symbol("ETH/USDT")!]].randomElement(using: &random)!,
                parameters: [.init(parameter: "fast", value: share(-9_000_000...9_000_000).value), .init(parameter: "slow", value: "55")]),
            InstanceSettings(name: "two", strategy: "scalping")
        ].shuffled(using: &random)
        settings.paths.prompts = "/srv/prompts"
        return settings
    }
}
