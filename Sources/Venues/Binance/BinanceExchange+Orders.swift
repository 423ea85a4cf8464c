// Placing, cancelling and replacing orders. Every answer is held against what was asked: another symbol, another
// name, another side is malformed, and then only asking by id tells what happened (fault 49).
public import Market
public import Ports
import StrictJSON
public import Trading
import VenueCommon

extension BinanceExchange {
    public func submit(_ order: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        try Self.placed(await ask(.submit(order), priority), order)
    }

    public func cancel(_ order: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        let answer = try await ask(.cancel(order), priority)
        guard let reports = answer["orderReports"]?.elements else { return try Self.cancelled(answer, order) }
        // A leg takes its whole list with it; ours is one of those reported.
        for report in reports { if let leg = try? Self.cancelled(report, order) { return leg } }
        throw .malformed("a list without the order that was cancelled")
    }

    /// The venue reports orders and lists in one answer.
    public func cancelAll(_ symbol: Symbol, _ priority: RequestPriority) async throws(ExchangeError) -> [VenueOrder] {
        let answer: JSONField
        do { answer = try await ask(.cancelAll(symbol), priority) } catch {
            if case .rejected(let rejection) = error, rejection.reason == .unknownOrder { return [] }
            throw error
        }
        var orders: [VenueOrder] = []
        for row in try answer.list("cancelled orders", atMost: 10_000) {
            if row["contingencyType"] == nil {
                orders.append(try OrderReading.order(row, symbol))
            } else {
                orders += try ListReading.list(row, symbol).orders
            }
        }
        return orders
    }

    /// One request, two results (fault 24). Refused as a whole it throws; else each half has its own outcome.
    public func replace(_ order: OrderReference, with new: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> ReplaceOutcome {
        guard order.symbol == new.symbol else { throw .unsupported("replacing an order by one of another symbol") }
        let call = Call.replace(order, new)
        let response = try await send(call, priority)
        let body = response.body.count <= call.maximumBytes ? try? JSONField(body: response.body) : nil
        guard let halves = body.flatMap({ $0["data"] ?? $0 }), let cancelWord = halves["cancelResult"]?.text,
            let newWord = halves["newOrderResult"]?.text
        else {
            _ = try await read(response, of: call)
            throw .malformed("a replacement without its two results")
        }
        let cancel = await half(cancelWord, halves["cancelResponse"], response) { (row) throws(ExchangeError) in try Self.cancelled(row, order) }
        let placement = await half(newWord, halves["newOrderResponse"], response) { (row) throws(ExchangeError) in try Self.placed(row, new) }
        guard let cancel else { throw .malformed("a replacement that did not try to cancel") }
        return ReplaceOutcome(cancel: cancel, placement: placement)
    }

    /// nil if the venue did not attempt this half.
    private func half(
        _ word: String, _ row: JSONField?, _ response: HTTPResponse,
        _ read: (JSONField) throws(ExchangeError) -> VenueOrder
    ) async -> Result<VenueOrder, ExchangeError>? {
        switch (word, row) {
        case ("NOT_ATTEMPTED", _): return nil
        case ("SUCCESS", let row?): do { return .success(try read(row)) } catch { return .failure(error) }
        case ("FAILURE", let row?): return .failure(await judged(row, response))
        default: return .failure(.malformed("half of a replacement cannot be read"))
        }
    }

    private static func placed(_ row: JSONField, _ asked: OrderRequest) throws(ExchangeError) -> VenueOrder {
        let order = try OrderReading.order(row, asked.symbol, mayBeReceipt: true)
        guard order.clientId == asked.id else { throw .malformed("an answer to another order") }
        try order.hold(against: asked.side, asked.kind)
        return order
    }

    private static func cancelled(_ row: JSONField, _ asked: OrderReference) throws(ExchangeError) -> VenueOrder {
        let order = try OrderReading.order(row, asked.symbol)
        guard asked.names(order) else { throw .malformed("an answer about another order") }
        return order
    }
}
