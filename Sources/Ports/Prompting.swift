// What a panel of prompts needs of the world: prompts by name, filled with the hour's data, and models
// that can be asked under a ledger. Both say why they cannot in words a report can show.
public import Analysis
public import Kernel
public import Market
public import Settings

/// What a prompt says about itself.
public struct PromptCard: Hashable, Sendable {
    public let role: AnalystRole
    /// True if it is asked once about everything offered, false if it is asked about one symbol.
    public let makesShortlist: Bool
    /// The model it wants; nil leaves the choice to the settings.
    public let model: String?
    public init(role: AnalystRole, makesShortlist: Bool, model: String?) {
        self.role = role
        self.makesShortlist = makesShortlist
        self.model = model
    }
}

/// A prompt filled with data: what is sent, the form the answer must have, and what it may cost.
public struct RenderedQuestion: Hashable, Sendable {
    public let system: String
    public let user: String
    /// Both texts as the journal keeps them.
    public let text: String
    public let schemaName: String
    public let schema: String
    /// Names template, front matter, schema and parameters.
    public let version: String
    public let maximumOutputTokens: Int
    /// USD; what one try may cost at most.
    public let maximumCost: FixedDecimal
    public let temperature: Double?
    /// For the whole call, both tries included.
    public let deadline: TimeSpan

    public init(
        system: String, user: String, text: String, schemaName: String, schema: String, version: String, maximumOutputTokens: Int,
        maximumCost: FixedDecimal, temperature: Double?, deadline: TimeSpan
    ) {
        self.system = system
        self.user = user
        self.text = text
        self.schemaName = schemaName
        self.schema = schema
        self.version = version
        self.maximumOutputTokens = maximumOutputTokens
        self.maximumCost = maximumCost
        self.temperature = temperature
        self.deadline = deadline
    }
}

/// Why an analyst cannot be asked, in one line that names file and variable, or the missing key.
public struct CannotAsk: Error, Hashable, Sendable {
    public let reason: String
    /// It may cost more than is left of today's budget.
    public let isOverBudget: Bool

    public init(_ reason: String, isOverBudget: Bool = false) {
        self.reason = reason
        self.isOverBudget = isOverBudget
    }
}

public protocol PromptRendering: Sendable {
    func card(_ name: String) throws(CannotAsk) -> PromptCard
    /// - Parameter symbol: what a decision is about; nil for a shortlist.
    func question(_ name: String, on snapshot: MarketSnapshot, about symbol: Symbol?) throws(CannotAsk) -> RenderedQuestion
}

public protocol ModelAsking: Sendable {
    var vendor: String { get }
    /// A complete answer before `deadline` has passed, or why there is none. Every try goes through `ledger`.
    func ask(_ request: ModelRequest, id: String, within deadline: TimeSpan, ledger: any CallLedger) async throws(ModelError) -> ModelAnswer
}
