// A whole trading world round a panel of models: the embedded market, a journal in a folder of its own, and
// a loopback server that speaks as either provider does.
import Analysis
import Compression
import Engine
import Events
import Foundation
import HTTPClient
import Kernel
import LanguageModels
import Market
import Ports
import Prompts
import Settings
import Signing
import Store
import StrictJSON
import TestSupport
import Testing
import Trading
import VenuePaper
import VenueSynthetic

/// One question as the server received it.
struct Asked: Sendable {
    /// The whole body's texts.
    let system: String
    let user: String
    var isShortlist: Bool { system.contains("\"picks\"") }
    /// The symbol a decision is about.
    var symbol: String { user.components(separatedBy: "The instrument is ").dropFirst().first.map { String($0.prefix { $0 != "," }) } ?? "" }
    var isRisk: Bool { system.contains("risk officer") }

    init(_ request: ReceivedRequest) {
        let root = (try? JSONValue(parsing: request.body))?.node
        let messages = (try? root?["messages"].array) ?? []
        let texts = messages.compactMap { try? $0["content"].string }
        system = (try? root?["system"].string) ?? texts.first ?? ""
        user = texts.last ?? ""
    }
}

/// A world with its journal; removed with its folder when the test is over.
final class Bench: Sendable {
    static let canary = "sk-CANARY-93b1c07de5"
    static let hour = Timestamp(milliseconds: 1_767_618_000_000)  // 2026-01-05T13:00:00Z
    static let btc = symbol("BTC/USDT"), eth = symbol("ETH/USDT")

    static func symbol(_ text: String) -> Symbol {
        guard let symbol = Symbol(text) else { preconditionFailure("a fixture's symbol") }
        return symbol
    }

    let folder: String
    let clock = FakeClock(Bench.hour)
    let journal: SQLiteJournal
    let market = SyntheticMarket(seed: 7, instrumentCount: 10)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "panel-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        journal = try SQLiteJournal(path: folder + "/journal.sqlite")
        try Opening.open(
            journal, as: JournalOpened(world: "synthetic:7", start: nil, mode: "paper", quote: .usdt), deposit: Money("1000", .usdt), at: clock.now)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    static let models = [
        AnalystSettings("candidates", .prompt, .voter, model: "model-a"), AnalystSettings("technical", .prompt, .voter, model: "model-a"),
        AnalystSettings("risk", .prompt, .guardian, model: "model-a")
    ]

    static func settings(
        _ analysts: [AnalystSettings] = models + [AnalystSettings("trend", .indicator, .voter)], budget: FixedDecimal = "2",
        deadline: TimeSpan = .minutes(3)
    ) -> CarillonSettings {
        var settings = CarillonSettings.default
        settings.panel.analysts = analysts
        settings.models.dailyBudget = budget
        settings.cycle.panelDeadline = deadline
        return settings
    }

    func desk(_ settings: CarillonSettings, journal: (any Journal)? = nil) -> CallDesk {
        CallDesk(
            journal: journal ?? self.journal, clock: clock, dailyBudget: settings.models.dailyBudget, hash: SHA256.hex, compress: Deflate.compress)
    }

    /// A panel whose models answer at `url`.
    func panel(
        _ settings: CarillonSettings, _ provider: ModelProvider = .anthropic, url: String, prices: [String: ModelPricing] = [:],
        prompts: String? = nil,
        journal: (any Journal)? = nil
    ) -> PromptPanel {
        let desk = PromptDesk(PromptLibrary.load(folder: prompts), quote: .usdt, rules: PromptRules(), ladder: nil, hash: SHA256.hex)
        let transport = CurlTransport(version: "test", connectTimeout: .minutes(5))
        let model: any LanguageModel =
            switch provider {
            case .anthropic: AnthropicModel(transport: transport, clock: clock, key: Secret(Self.canary), baseURL: url)
            case .openai: OpenAICompatibleModel(transport: transport, clock: clock, key: Secret(Self.canary), baseURL: url)
            }
        let caller = ModelCaller(model: model, prices: ModelPrices(prices, baseURL: url), clock: clock)
        return PromptPanel(settings, prompts: desk, desk: self.desk(settings, journal: journal)) { _ in .success(caller) }
    }

    func parts(_ settings: CarillonSettings, _ panel: any Panel, journal: (any Journal)? = nil, clock: (any Ports.Clock)? = nil) -> Parts {
        let market = market
        let sources = LookSources(market: market, catalog: market, listedSince: { market.listedSince($0, at: $1) })
        let look = MarketLook(sources, fetching: DirectFetching(), clock: clock ?? self.clock, settings: settings)
        let costs = FillCosts(fee: settings.fills.fee, slippage: settings.fills.slippage)
        return Parts(
            settings: settings, journal: journal ?? self.journal, market: market,
            exchange: PaperExchange(market: market, costs: costs, journal: journal ?? self.journal),
            clock: clock ?? self.clock, observer: look, panel: panel, hash: SHA256.hex,
            compress: Deflate.compress,
            killSwitch: { nil }, versions: Versions(code: "t", settingsHash: "", riskHash: "", promptSetHash: ""))
    }

    func snapshot(_ settings: CarillonSettings) async throws -> MarketSnapshot {
        try await parts(settings, IndicatorPanel([])).observer.observe(at: clock.now, held: [])
    }

    /// All events of a cycle, and of its calls.
    func events(_ cycle: CycleId) throws -> [JournalEvent] {
        let own = try journal.entries(about: cycle.description).map(\.event)
        let calls = try own.flatMap { event in
            if case .callReserved(let call) = event { try journal.entries(about: call.call).map(\.event) } else { [JournalEvent]() }
        }
        return own + calls
    }

    func reserved(_ cycle: CycleId) throws -> [CallReserved] {
        try events(cycle).compactMap { if case .callReserved(let call) = $0 { call } else { nil } }
    }
    func settled(_ cycle: CycleId) throws -> [CallSettled] {
        try events(cycle).compactMap { if case .callSettled(let call) = $0 { call } else { nil } }
    }
    func submitted(_ cycle: CycleId) throws -> [OrderSubmitted] {
        try journal.book().main.sortedPositions.flatMap { try journal.entries(about: $0.trade.text) }
            .compactMap { if case .orderSubmitted(let order) = $0.event { order } else { nil } }.filter { $0.position?.cycle == cycle }
    }
    func opinions(_ cycle: CycleId) throws -> [Opinion] {
        try events(cycle).flatMap { event in if case .opinionsGiven(let given) = event { given.opinions } else { [Opinion]() } }
    }
    func text(_ hash: String) throws -> String {
        let bytes = try #require(try journal.blob(hash))
        return String(decoding: try #require(Deflate.expand(bytes, limit: 1 << 20)), as: UTF8.self)
    }
}

extension ModelProvider {
    /// A complete answer with this text, as the provider sends it.
    func answer(_ text: String, stop: String? = nil) -> String {
        let quoted = JSONValue.string(text).written(.line)
        return switch self {
        case .anthropic:
            #"{"id":"msg_1","type":"message","role":"assistant","model":"model-a-20261001","content":[{"type":"text","text":\#(quoted)}],"#
                + #""stop_reason":"\#(stop ?? "end_turn")","usage":{"input_tokens":1000,"output_tokens":100}}"#
        case .openai:
            #"{"id":"chatcmpl-1","model":"model-a-20261001","system_fingerprint":"fp_1","choices":[{"index":0,"finish_reason":"\#(stop ?? "stop")","#
                + #""message":{"role":"assistant","content":\#(quoted)}}],"usage":{"prompt_tokens":1000,"completion_tokens":100}}"#
        }
    }

    /// A server that answers every question with the text `reply` makes of it.
    func server(_ reply: @escaping @Sendable (Asked) -> String) throws -> LoopbackServer {
        try LoopbackServer { .json(answer(reply(Asked($0)))) }
    }

    /// Picks BTC and ETH, and agrees with itself.
    func willing() throws -> LoopbackServer { try server(Self.willing) }

    static let willing: @Sendable (Asked) -> String = { asked in
        asked.isShortlist
            ? #"{"picks":[{"symbol":"BTC/USDT","confidence":0.9,"reason":"up"},{"symbol":"ETH/USDT","confidence":0.8,"reason":"up too"}]}"#
            : #"{"action":"buy","symbol":"\#(asked.symbol)","confidence":0.85,"reason":"numbers"}"#
    }
}
