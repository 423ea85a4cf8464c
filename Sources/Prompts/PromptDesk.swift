// The prompts as the panel asks for them: by name, filled with the hour's snapshot and the rules of the
// trade. A file with an error is not asked; the reason names file, line and variable.
public import Analysis
public import Kernel
public import Market
public import Ports
public import Risk

public struct PromptDesk: PromptRendering {
    public let library: PromptLibrary
    private let quote: Currency
    private let rules: PromptRules
    private let ladder: LadderTerms?
    private let hash: @Sendable ([UInt8]) -> String

    /// - Parameters:
    ///   - ladder: the trade whose base rates a prompt shows; nil shows none.
    ///   - hash: bytes to a hexadecimal digest of at least 16 digits.
    public init(_ library: PromptLibrary, quote: Currency, rules: PromptRules, ladder: LadderTerms?, hash: @escaping @Sendable ([UInt8]) -> String) {
        self.library = library
        self.quote = quote
        self.rules = rules
        self.ladder = ladder
        self.hash = hash
    }

    public func card(_ name: String) throws(CannotAsk) -> PromptCard {
        let prompt = try prompt(name)
        return PromptCard(role: prompt.role, makesShortlist: prompt.asks == .shortlist, model: prompt.model)
    }

    public func question(_ name: String, on snapshot: MarketSnapshot, about symbol: Symbol?) throws(CannotAsk) -> RenderedQuestion {
        let prompt = try prompt(name)
        let rendered = render(prompt, on: snapshot, about: symbol)
        return RenderedQuestion(
            system: rendered.system, user: rendered.user, text: rendered.text, schemaName: prompt.schema.rawValue,
            schema: prompt.schema.text, version: prompt.version(hash), maximumOutputTokens: prompt.budget.outputTokens,
            maximumCost: prompt.budget.usd, temperature: prompt.temperature, deadline: prompt.deadline)
    }

    /// - Parameter symbol: what a decision is about; nil for a shortlist.
    public func render(_ prompt: Prompt, on snapshot: MarketSnapshot, about symbol: Symbol?) -> RenderedPrompt {
        let views = symbol.map { asked in snapshot.views.filter { $0.symbol == asked } } ?? snapshot.views
        var rates: [Symbol: Double] = [:]
        for view in views {
            // Every outcome but the first reached the first target.
            rates[view.symbol] = ladder.flatMap { FirstPassage(view.columns, ladder: $0).rates.first }.map { 1 - $0 }
        }
        return prompt.render(PromptInputs(snapshot, quote: quote, symbol: symbol, rules: rules, baseRates: rates), digest: hash)
    }

    private func prompt(_ name: String) throws(CannotAsk) -> Prompt {
        switch library[name] {
        case .ready(let prompt, _): return prompt
        case .broken(let problems): throw CannotAsk(Self.reason(problems, name))
        case nil: throw CannotAsk("there is no prompt \(name).md")
        }
    }

    /// The first problem with its variable, and how many more there are.
    private static func reason(_ problems: [PromptProblem], _ name: String) -> String {
        let errors = problems.filter { $0.severity == .error }
        guard let first = errors.first else { return "\(name).md cannot be used" }
        let variable = first.variable.flatMap { first.message.contains($0) ? nil : " (\($0))" } ?? ""
        let more = errors.count > 1 ? ", and \(errors.count - 1) more: carillon prompts check" : ""
        return "\(first)\(variable)\(more)"
    }
}
