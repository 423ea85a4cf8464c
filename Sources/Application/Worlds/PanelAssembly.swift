// Who sits on the panel: indicators alone, or prompts with their models beside them. Keys come from here
// and go to the providers only. What is missing does not stop the hour: the analyst says so and abstains.
import Analysis
import Compression
package import Engine
import Events
import HTTPClient
import Kernel
import LanguageModels
package import Ports
package import Prompts
import Risk
package import Settings
package import SettingsFiles
import Signing

package struct PanelAssembly {
    package let configuration: LoadedConfiguration
    private let environment: @Sendable (String) -> String?
    private var settings: CarillonSettings { configuration.settings }
    /// - Parameter environment: where keys are looked for.
    package init(_ configuration: LoadedConfiguration, _ environment: @escaping @Sendable (String) -> String?) {
        self.configuration = configuration
        self.environment = environment
    }

    private var asksModels: Bool { settings.panel.analysts.contains { $0.kind == .prompt } }

    /// The panel and the hash of its prompts; without prompts no file is read and the hash is empty.
    package func panel(journal: any Journal, clock: any Clock) -> (
        panel: any Panel, promptSetHash: String
    ) {
        guard asksModels else {
            return (IndicatorPanel(settings.panel.analysts.compactMap { IndicatorAnalyst(rawValue: $0.name) }), "")
        }
        let prompts = desk
        let calls = calls(journal: journal, clock: clock)
        let transport = CurlTransport(version: Version.number)
        let panel = PromptPanel(settings, prompts: prompts, desk: calls) { asker($0, transport, clock) }
        return (panel, prompts.library.setHash(SHA256.hex))
    }

    /// What every question to a model is written down with.
    package func calls(journal: any Journal, clock: any Clock) -> CallDesk {
        CallDesk(
            journal: journal, clock: clock, dailyBudget: settings.models.dailyBudget, hash: SHA256.hex, compress: Deflate.compress)
    }

    /// Where prompt files are looked for; nil without a configuration file, because then nobody named a folder.
    package var promptFolder: String? { configuration.file == nil ? nil : configuration.resolve(settings.paths.prompts) }

    /// The prompts of the configured folder over the compiled-in ones.
    package var desk: PromptDesk {
        let bracket = settings.bracket
        let rules = PromptRules(fee: settings.fills.fee, slippage: settings.fills.slippage, stop: bracket.stop, targets: bracket.rungs.map(\.gain))
        let ladder = LadderTerms(stop: -bracket.stop.double, targets: bracket.rungs.map(\.gain.double), shares: bracket.rungs.map(\.share.double))
        return PromptDesk(
            PromptLibrary.load(folder: promptFolder), quote: settings.account.quote, rules: rules,
            ladder: ladder, hash: SHA256.hex)
    }

    /// Who answers for a provider, or why nobody does.
    package func asker(_ provider: ModelProvider, _ transport: any HTTPTransport, _ clock: any Clock) -> Result<any ModelAsking, CannotAsk> {
        let url = settings.models.baseURL(of: provider)
        let name: SecretName = provider == .anthropic ? .anthropicKey : .openaiKey
        let key: Secret?
        do { key = try SecretSources(environment: environment).secret(name) } catch { return .failure(CannotAsk(error.description)) }
        let prices = ModelPrices(
            Dictionary(settings.models.prices.map { ($0.model, ModelPricing($0)) }, uniquingKeysWith: { first, _ in first }), baseURL: url)
        switch provider {
        case .anthropic:
            guard let key else { return .failure(CannotAsk("no key: \(name.variable)")) }
            return .success(
                ModelCaller(model: AnthropicModel(transport: transport, clock: clock, key: key, baseURL: url), prices: prices, clock: clock))
        case .openai:
            // A server on this machine may need no key.
            guard key != nil || settings.models.isLocal(provider) else { return .failure(CannotAsk("no key: \(name.variable)")) }
            let (vendor, dialect) = OpenAIDialect.usual(at: url)
            return .success(
                ModelCaller(
                    model: OpenAICompatibleModel(transport: transport, clock: clock, key: key, baseURL: url, dialect: dialect, vendor: vendor),
                    prices: prices, clock: clock))
        }
    }
}

extension ModelPricing {
    package init(_ price: ModelPrice) {
        self = price.isFree ? .free : ModelPricing(input: price.input, cachedInput: price.cachedInput, output: price.output)
    }
}

extension OpenAIDialect {
    /// The service behind an address, as it is known to speak; what it refuses is learned while asking.
    fileprivate static func usual(at url: String) -> (vendor: String, dialect: OpenAIDialect) {
        let host = url.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        return switch host {
        case "api.openai.com": ("openai", .openAI)
        case "openrouter.ai": ("openrouter", .openRouter)
        case "api.deepseek.com": ("deepseek", .deepSeek)
        default: ("openai", .compatible)
        }
    }
}
