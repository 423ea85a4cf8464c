// Which services answer prompts, what they cost, and how much a day may cost. A model without a
// price cannot be held to a budget, so it is refused unless it costs nothing.
public import Kernel

/// The wire format a service speaks.
public enum ModelProvider: String, Codable, Sendable, CaseIterable {
    case anthropic
    /// OpenAI's chat completions, as many other services speak it.
    case openai
}

/// What one model costs, in USD per million tokens.
public struct ModelPrice: Hashable, Codable, Sendable {
    public var model: String
    public var input: FixedDecimal
    public var output: FixedDecimal
    /// Input that the provider had cached; nil is the full input price.
    public var cachedInput: FixedDecimal?

    public init(model: String, input: FixedDecimal, output: FixedDecimal, cachedInput: FixedDecimal? = nil) {
        self.model = model
        self.input = input
        self.output = output
        self.cachedInput = cachedInput
    }

    public static func free(_ model: String) -> ModelPrice { ModelPrice(model: model, input: .zero, output: .zero) }
    public var isFree: Bool { input.isZero && output.isZero && (cachedInput ?? .zero).isZero }
}

public struct ModelSettings: Hashable, Codable, Sendable {
    /// For prompts that name none.
    public var provider = ModelProvider.anthropic
    public var anthropicURL = "https://api.anthropic.com"
    public var openaiURL = "https://api.openai.com/v1"
    /// In the order of the alphabet.
    public var prices: [ModelPrice] = []
    /// USD a trading day.
    public var dailyBudget: FixedDecimal = "2"

    public init() {}

    public func baseURL(of provider: ModelProvider) -> String {
        switch provider {
        case .anthropic: anthropicURL
        case .openai: openaiURL
        }
    }

    /// Whether the provider is asked on this machine.
    public func isLocal(_ provider: ModelProvider) -> Bool { WebAddress.isLoopback(baseURL(of: provider)) }

    /// The model's price; free if its host is this machine; nil if nobody knows.
    public func price(of model: String, provider: ModelProvider) -> ModelPrice? {
        prices.first { $0.model == model } ?? (isLocal(provider) ? .free(model) : nil)
    }

    /// `panel` names the models that must have a price.
    public func problems(panel: PanelSettings) -> [SettingProblem] {
        var list = ProblemList("models")
        for (key, text) in [("anthropicURL", anthropicURL), ("openaiURL", openaiURL)] {
            if let problem = WebAddress.problem(text) { list.add(key, problem) }
        }
        for price in prices {
            for (key, value) in [("input", price.input), ("output", price.output), ("cachedInput", price.cachedInput ?? .zero)] {
                list.require("prices.\(price.model).\(key)", value, in: "0"..."100000")
            }
        }
        list.require("dailyBudget", dailyBudget, in: "0"..."1000")
        var problems = list.problems
        for (index, analyst) in panel.analysts.enumerated() where analyst.kind == .prompt {
            guard let model = analyst.model, price(of: model, provider: analyst.provider ?? provider) == nil else { continue }
            problems.append(
                SettingProblem(
                    "panel.\(index).model", "\(Echo.quoted(model)) has no price; add it to models.prices, or 'free' there if it costs nothing"))
        }
        return problems
    }
}
