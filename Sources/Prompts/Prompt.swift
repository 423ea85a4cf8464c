// One analyst's prompt after every check: who it is, what it asks, what it may see and may cost, and its
// template. A value of this type can always be rendered.
public import Kernel
import Mustache
public import Settings

public struct Prompt: Sendable {
    /// How often the analyst is asked in a cycle; each has its own answer schema of the same meaning.
    public enum Asks: String, Sendable, CaseIterable {
        /// Once, about all offered instruments.
        case shortlist
        /// Once for each shortlisted symbol.
        case decision
    }

    public struct Budget: Hashable, Sendable {
        /// The cap on answer tokens, thinking included.
        public let outputTokens: Int
        /// The most one call may cost, in USD.
        public let usd: FixedDecimal
    }

    /// The file's name without its ending.
    public let name: String
    public let role: AnalystRole
    public let asks: Asks
    public let schema: PromptSchema
    /// The variables its text may use.
    public let inputs: [PromptVariable]
    /// nil leaves the choice to the panel's settings.
    public let model: String?
    public let budget: Budget
    /// For the whole call, both tries included.
    public let deadline: TimeSpan
    /// nil leaves the provider's default; some models refuse the parameter.
    public let temperature: Double?
    /// The whole file as it was read.
    public let text: String
    let system: MustacheTemplate
    let user: MustacheTemplate

    /// Roughly how many tokens the file has before any data is filled in.
    public var templateTokens: Int { PromptLint.tokens(text) }

    /// What a journal calls this version: any change of text, schema or renderer changes it.
    /// - Parameter hash: bytes to a hexadecimal digest.
    public func version(_ hash: ([UInt8]) -> String) -> String {
        hash(Array("carillon-prompt-1\n\(name)\n\(text.utf8.count)\n\(text)\n\(schema.text)".utf8))
    }
}

/// The strict JSON schema an answer follows, as the model services take it.
public enum PromptSchema: String, Sendable, CaseIterable {
    case shortlist, decision

    public var text: String {
        switch self {
        case .shortlist: EmbeddedPrompts.shortlistSchema
        case .decision: EmbeddedPrompts.decisionSchema
        }
    }
}
