// What is remembered of each question to a language model. Cost is reserved before the call and
// booked after it; what a crash leaves reserved counts as spent.
public import Kernel
public import Market
public import Trading

public struct CallReserved: Hashable, Codable, Sendable {
    public let call: String
    public let cycle: CycleId
    public let analyst: String
    public let symbol: Symbol?
    public let vendor: String
    public let model: String
    public let attempt: Int
    /// Template, front matter, schema and parameters.
    public let promptVersion: String
    /// Hash of the rendered system and user text, kept as a blob.
    public let promptBlob: String
    /// USD.
    public let cost: FixedDecimal
    public init(
        call: String, cycle: CycleId, analyst: String, symbol: Symbol?, vendor: String, model: String, attempt: Int,
        promptVersion: String, promptBlob: String, cost: FixedDecimal
    ) {
        self.call = call
        self.cycle = cycle
        self.analyst = analyst
        self.symbol = symbol
        self.vendor = vendor
        self.model = model
        self.attempt = attempt
        self.promptVersion = promptVersion
        self.promptBlob = promptBlob
        self.cost = cost
    }
}

public struct CallSettled: Hashable, Codable, Sendable {
    public let call: String
    public let servedModel: String?
    public let requestId: String?
    public let fingerprint: String?
    public let httpStatus: Int?
    public let stopReason: String?
    public let inputTokens: Int
    public let cachedTokens: Int
    public let outputTokens: Int
    public let reasoningTokens: Int
    /// Hash of the raw answer, kept as a blob; nil if none came.
    public let answerBlob: String?
    /// Why there is no answer; nil if there is one.
    public let failure: String?
    public let repairs: [String]
    /// Why the answer was not accepted; nil if it was.
    public let rejection: String?
    /// USD, booked in place of what was reserved.
    public let cost: FixedDecimal
    /// What a person hears of at most once a day, e.g. `outOfMoney anthropic`; nil for everything else.
    public let alarm: String?
    public init(
        call: String, servedModel: String?, requestId: String?, fingerprint: String?, httpStatus: Int?, stopReason: String?,
        inputTokens: Int, cachedTokens: Int, outputTokens: Int, reasoningTokens: Int, answerBlob: String?,
        failure: String?, repairs: [String], rejection: String?, cost: FixedDecimal, alarm: String? = nil
    ) {
        self.call = call
        self.servedModel = servedModel
        self.requestId = requestId
        self.fingerprint = fingerprint
        self.httpStatus = httpStatus
        self.stopReason = stopReason
        self.inputTokens = inputTokens
        self.cachedTokens = cachedTokens
        self.outputTokens = outputTokens
        self.reasoningTokens = reasoningTokens
        self.answerBlob = answerBlob
        self.failure = failure
        self.repairs = repairs
        self.rejection = rejection
        self.cost = cost
        self.alarm = alarm
    }
}
