// One case on one venue: the steps cases are made of. A venue whose answer is a receipt is asked here, so that no
// case has to know.
import Kernel
import Market
import Ports
import TestSupport
import Testing
import Trading

struct Trial: Sendable {
    let number: String
    let venue: any VenueUnderTest
    var exchange: any Exchange { venue.exchange }
    var terms: Terms { venue.terms }
    var symbol: Symbol { venue.terms.symbol }
    var isReceipt: Bool { exchange.capabilities.acknowledgement == .receipt }

    func id(_ label: String = "a") -> ClientOrderId {
        guard let id = ClientOrderId("CF" + number + label) else { preconditionFailure("letters and digits make an id") }
        return id
    }
    func reference(_ label: String = "a", type: OrderType? = nil) -> OrderReference { OrderReference(symbol, .client(id(label)), type: type) }
    func request(_ side: Side, _ kind: OrderKind, _ label: String = "a") -> OrderRequest {
        OrderRequest(id: id(label), symbol: symbol, side: side, kind: kind)
    }
    func arrange(_ circumstances: Circumstance...) async throws {
        for circumstance in circumstances { try await venue.arrange(circumstance) }
    }

    /// Sends once and gives what came back.
    func submit(_ side: Side, _ kind: OrderKind, _ label: String = "a", _ priority: RequestPriority = .ordinary) async -> Result<
        VenueOrder, ExchangeError
    > {
        let request = request(side, kind, label)
        return await Result { () async throws(ExchangeError) in try await exchange.submit(request, priority) }
    }
    /// Sends an order that must be taken, and asks where the answer was a receipt.
    @discardableResult
    func place(_ side: Side, _ kind: OrderKind, _ label: String = "a", _ priority: RequestPriority = .ordinary) async throws -> VenueOrder {
        let answer = try await submit(side, kind, label, priority).get()
        return answer.status == .acknowledged ? try await order(label, type: kind.type) : answer
    }
    /// The order as the venue knows it, asked again where the question came too early.
    func order(_ label: String = "a", type: OrderType? = nil) async throws -> VenueOrder {
        for _ in 0..<(isReceipt ? 5 : 0) {
            if case .success(let order) = await ask(label, type: type) { return order }
            venue.clock.advance(by: .seconds(1))
        }
        return try await ask(label, type: type).get()
    }
    func ask(_ label: String = "a", type: OrderType? = nil) async -> Result<VenueOrder, ExchangeError> {
        let reference = reference(label, type: type)
        return await Result { () async throws(ExchangeError) in try await exchange.order(reference) }
    }
    func cancel(_ label: String = "a", type: OrderType? = nil) async -> Result<VenueOrder, ExchangeError> {
        let reference = reference(label, type: type)
        return await Result { () async throws(ExchangeError) in try await exchange.cancel(reference, .protective) }
    }
    func account() async -> Result<VenueAccount, ExchangeError> { await Result { () async throws(ExchangeError) in try await exchange.account() } }
    func rules() async throws -> InstrumentRules { try #require(try await exchange.rules().first { $0.symbol == symbol }) }
    func openOrders() async throws -> [VenueOrder] { try await exchange.openOrders(symbol).orders }
    func fills(_ label: String = "a") async throws -> [VenueFill] { try await exchange.fills(symbol, of: try await order(label).id, since: nil) }

    /// Refused for this reason when it is sent, and then absent; or, where answers are receipts, found ended without a fill.
    func expectRefusal(
        _ side: Side, _ kind: OrderKind, _ reason: Rejection.Reason, _ label: String = "a", at location: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = await submit(side, kind, label)
        if isReceipt, answer.value != nil {
            let order = try await order(label, type: kind.type)
            #expect(order.endedUnfilled, sourceLocation: location)
        } else {
            #expect(answer.error?.reason == reason, "\(answer)", sourceLocation: location)
            try await expectAbsent(label)
        }
    }
    /// Its executions: the list's where there is one, else those of the order itself.
    func executions(_ label: String = "a") async throws -> [VenueFill] {
        exchange.capabilities.listsTrades ? try await fills(label) : try await order(label).trades
    }
    func fees(_ label: String = "a", in currency: Currency) async throws -> FixedDecimal {
        try await executions(label).filter { $0.fee.currency == currency }.reduce(.zero) { $0 + $1.fee.amount }
    }
    /// Nothing of this id is or was at the venue, however often it is asked.
    func expectAbsent(_ label: String = "a") async throws {
        for _ in 0..<2 {
            #expect(await ask(label).error?.reason == .unknownOrder)
            venue.clock.advance(by: .seconds(2))
        }
        #expect(try await venue.books().taken(id(label)) == 0)
    }
    /// What the account has of a currency.
    func balance(_ currency: Currency) async throws -> VenueAccount.Balance {
        try await exchange.account().balance(of: currency) ?? VenueAccount.Balance(asset: currency.code, free: .zero, locked: .zero)
    }
}

extension Result where Failure == ExchangeError {
    init(_ body: () async throws(ExchangeError) -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
    var error: ExchangeError? { if case .failure(let error) = self { error } else { nil } }
    var value: Success? { try? get() }
}

extension ExchangeError {
    /// Of a refusal.
    var reason: Rejection.Reason? { if case .rejected(let rejection) = self { rejection.reason } else { nil } }
    /// The case without its words.
    var kind: String { String("\(self)".prefix { $0 != "(" }) }
}

extension VenueOrder {
    var endedUnfilled: Bool { status.isFinal && executedQuantity.isZero }
}

extension Sequence<VenueFill> {
    var quantity: FixedDecimal { reduce(.zero) { $0 + $1.quantity.value } }
    var notional: FixedDecimal { reduce(.zero) { $0 + $1.quantity.value.times($1.price.value, rounding: .down) } }
}
