// The record of one try, and the ledger that stands between a call and its money: reserve before sending,
// settle after. What a crash leaves reserved stays spent.
public import Kernel

/// Everything about one try that is worth keeping. Holds no key.
public struct ModelCall: Codable, Sendable {
    /// The call's id and the number of the try: `<call>/1`.
    public var id: String
    public var vendor: String
    public var requestedModel: String
    public var servedModel: String?
    public var requestId: String?
    public var fingerprint: String?
    public var sentAt: Timestamp
    public var latency: TimeSpan
    public var httpStatus: Int?
    public var stopReason: String?
    public var usage: TokenUsage?
    /// The answer's text, or what came instead of one.
    public var rawText: String?
    public var error: ModelError.Kind?
    public var errorDetail: String?
    public var retryAfter: TimeSpan?
    /// USD set aside before sending.
    public var reservedCost: FixedDecimal
    /// USD it counts for: what the usage says, the reserve if that is not known, zero if nothing was billed.
    public var bookedCost: FixedDecimal

    public init(id: String, vendor: String, requestedModel: String, sentAt: Timestamp, reservedCost: FixedDecimal) {
        self.id = id
        self.vendor = vendor
        self.requestedModel = requestedModel
        self.sentAt = sentAt
        latency = TimeSpan(milliseconds: 0)
        self.reservedCost = reservedCost
        bookedCost = reservedCost
    }
}

/// Keeps the daily budget and the record. A try is only sent after `reserve` returned, and `settle` replaces
/// what was reserved under the same id by what was booked. An answer that cannot be recorded is not used.
public protocol CallLedger: Sendable {
    /// Durable before it returns. Throws `overBudget` if the money is not there, `unrecorded` if the
    /// memory cannot be written.
    func reserve(_ id: String, attempt: Int, cost: FixedDecimal) async throws(ModelError)
    func settle(_ call: ModelCall) async throws(ModelError)
}
