// A venue as Carillon sees it. What a venue cannot do is in its capabilities; every answer is a value or one
// of few errors that say what must happen next. Nothing here is ever sent twice by itself.
public import Kernel
public import Market
public import Trading

/// Why a question or an order has no answer of its own.
public enum ExchangeError: Error, Hashable, Sendable {
    /// The venue said no: nothing was done.
    case rejected(Rejection)
    /// Too much was asked: nothing was done, and nothing may be asked before that moment.
    case rateLimited(until: Timestamp)
    /// Total silence until then; asking on makes it longer.
    case banned(until: Timestamp)
    /// Key, signature, address or permission refused. No retry helps: a person must look.
    case authentication(String)
    /// The venue's clock and ours disagree too far: nothing was done.
    case clockSkew(String)
    /// Could not be asked, or the venue cannot answer now: nothing was done.
    case unavailable(String)
    /// An order or a cancel that may or may not have been taken: only asking by id ends this.
    case outcomeUnknown(String)
    /// An answer that makes no sense. After an order or a cancel this leaves its outcome open too.
    case malformed(String)
    /// This venue, or this version for it, cannot do that: nothing was sent.
    case unsupported(String)

    /// Whether what was asked for may have happened all the same.
    public var leavesOutcomeOpen: Bool {
        switch self {
        case .outcomeUnknown, .malformed: true
        case .rejected, .rateLimited, .banned, .authentication, .clockSkew, .unavailable, .unsupported: false
        }
    }
}

/// The venue's no, in our words, with its own words beside.
public struct Rejection: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        case insufficientFunds
        /// An open order has this client id already.
        case duplicateClientId
        /// A stop or target on the wrong side of the market.
        case wouldTriggerImmediately
        /// A post-only order that would trade.
        case wouldMatchImmediately
        case filter(InstrumentFilter)
        /// A filter this program has no name for.
        case unnamedFilter(String)
        /// More places after the point than the venue takes.
        case precision
        case invalidSymbol
        /// Halted, in a break, or cancel-only.
        case marketClosed
        /// There is no such order to cancel or to ask for. A finished order may be meant.
        case unknownOrder
        /// Too many open orders or lists.
        case tooManyOrders
        case invalidParameter
        case other
    }
    public let reason: Reason
    /// The venue's code and words, made safe to print.
    public let detail: String
    public init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }
}

/// Cancelling one order and placing another in one request: two results, never one (fault 24).
public struct ReplaceOutcome: Sendable {
    public let cancel: Result<VenueOrder, ExchangeError>
    /// nil if the venue did not attempt it because the cancel failed.
    public let placement: Result<VenueOrder, ExchangeError>?
    public init(cancel: Result<VenueOrder, ExchangeError>, placement: Result<VenueOrder, ExchangeError>?) {
        self.cancel = cancel
        self.placement = placement
    }
}

/// How important a request is: what protects a position may use the reserve that others must leave.
public enum RequestPriority: Hashable, Sendable { case ordinary, protective }

public protocol Exchange: Sendable {
    /// `binance`: shown in every report.
    var venue: String { get }
    var capabilities: VenueCapabilities { get }
    /// What the venue calls a rule of its own, as a person finds it in its documents.
    func word(for rule: InstrumentFilter) -> String

    /// The venue's clock against ours.
    func measureClock() async throws(ExchangeError) -> VenueClock
    /// All instruments with every rule, in symbol order, also those not open for trading.
    func rules() async throws(ExchangeError) -> [InstrumentRules]
    func account() async throws(ExchangeError) -> VenueAccount
    func keyRestrictions() async throws(ExchangeError) -> KeyRestrictions

    /// Sends an order once. If the answer is lost, `outcomeUnknown` says so and nothing is sent again.
    func submit(_ order: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder
    func submit(_ list: OrderListRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList
    /// The order as it is after the cancel, fills included; `rejected(unknownOrder)` if it is no longer open.
    func cancel(_ order: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder
    /// Cancels all legs of a list.
    func cancelList(_ list: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList
    /// Cancels everything open on one instrument; returns what was cancelled, legs of lists included; empty if nothing was open.
    func cancelAll(_ symbol: Symbol, _ priority: RequestPriority) async throws(ExchangeError) -> [VenueOrder]
    func replace(_ order: OrderReference, with new: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> ReplaceOutcome

    /// `rejected(unknownOrder)` if there is none; right after sending that can be a race: ask again.
    func order(_ order: OrderReference) async throws(ExchangeError) -> VenueOrder
    func orderList(_ list: OrderReference) async throws(ExchangeError) -> VenueOrderList
    /// Of one instrument, or of all (dearer).
    func openOrders(_ symbol: Symbol?) async throws(ExchangeError) -> OpenOrders
    func openOrderLists() async throws(ExchangeError) -> [VenueOrderList]
    /// Executions of one instrument: of one order, or since a moment; oldest first, at most 1000.
    func fills(_ symbol: Symbol, of order: VenueOrderId?, since: Timestamp?) async throws(ExchangeError) -> [VenueFill]
}
