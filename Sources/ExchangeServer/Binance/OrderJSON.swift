// Orders, lists and trades as the venue writes them: names, their order, and which are left out.
import Kernel
import Market
import Matching
import StrictJSON
import Trading

extension OrderRecord {
    var statusWord: String {
        if endReason == .selfTrade { return "EXPIRED_IN_MATCH" }
        return switch status {
        case .acknowledged, .new: "NEW"
        case .pendingNew: "PENDING_NEW"
        case .partiallyFilled: "PARTIALLY_FILLED"
        case .filled: "FILLED"
        case .canceled: "CANCELED"
        case .expired: "EXPIRED"
        case .rejected: "REJECTED"
        case .unrecognised(let word): word
        }
    }

    private var identity: [(String, JSONValue)] {
        [("symbol", .string(symbol.venueName)), ("orderId", .integer(id)), ("orderListId", .integer(listId ?? -1))]
    }

    /// Ordered in base units; a market order by quote amount is reported as what it executed.
    private var figures: [(String, JSONValue)] {
        [
            ("price", .price(kind.price)), ("origQty", .quantity(quantity)), ("executedQty", .quantity(executed)),
            ("origQuoteOrderQty", .amount(quoteAmount ?? .zero)), ("cummulativeQuoteQty", .amount(executedQuote)), ("status", .string(statusWord)),
            ("timeInForce", .string((kind.timeInForce ?? .goodTillCancel).rawValue)), ("type", .string(kind.type.word)), ("side", .string(side.word))
        ]
    }
    private var trigger: [(String, JSONValue)] { kind.trigger.map { [("stopPrice", .price($0))] } ?? [] }
    private var preventionMode: [(String, JSONValue)] { [("selfTradePreventionMode", .string(prevention.rawValue))] }
    private var working: [(String, JSONValue)] { [("workingTime", .integer(workingAt?.milliseconds ?? -1))] }

    /// The answer to a new order.
    func answer(_ type: ResponseType, fills: [JSONValue]) -> JSONValue {
        let head = identity + [("clientOrderId", .string(clientId.text)), ("transactTime", .time(updatedAt))]
        switch type {
        case .ack: return .fields(head)
        case .result: return .fields(head + figures + trigger + working + preventionMode)
        case .full: return .fields(head + figures + trigger + working + [("fills", .array(fills))] + preventionMode)
        }
    }

    /// Its part of a list's answer.
    var report: JSONValue { answer(.result, fills: []) }

    /// The answer to a cancel: `clientOrderId` is the cancel's, the order's own is the original one.
    func canceled(_ cancel: String) -> JSONValue {
        let head: [(String, JSONValue)] = [
            ("symbol", .string(symbol.venueName)), ("origClientOrderId", .string(clientId.text)), ("orderId", .integer(id)),
            ("orderListId", .integer(listId ?? -1)),
            ("clientOrderId", .string(cancel)), ("transactTime", .time(updatedAt))
        ]
        return .fields(head + figures + trigger + preventionMode)
    }

    /// The answer to a question about it. A cancelled order keeps the id it was placed with.
    var queried: JSONValue {
        .fields(
            identity + [("clientOrderId", .string(clientId.text))] + figures
                + [
                    ("stopPrice", .price(kind.trigger)), ("icebergQty", .amount(.zero)), ("time", .time(createdAt)),
                    ("updateTime", .time(updatedAt)),
                    ("isWorking", .bool(isWorking))
                ] + working + preventionMode)
    }

    var listEntry: JSONValue { ["symbol": .string(symbol.venueName), "orderId": .integer(id), "clientOrderId": .string(clientId.text)] }
}

extension OrderListRecord {
    /// - Parameter reports: the legs' answers, if the request was more than a question.
    func json(_ legs: [OrderRecord], clientId text: String? = nil, reports: [JSONValue]? = nil) -> JSONValue {
        let isDone = status == .done
        // The venue calls an OTOCO an OTO.
        let head: [(String, JSONValue)] = [
            ("orderListId", .integer(id)), ("contingencyType", .string(kind == .oco ? "OCO" : "OTO")),
            ("listStatusType", .string(isDone ? "ALL_DONE" : "EXEC_STARTED")), ("listOrderStatus", .string(isDone ? "ALL_DONE" : "EXECUTING")),
            ("listClientOrderId", .string(text ?? clientId.text)), ("transactionTime", .time(reports == nil ? createdAt : updatedAt)),
            ("symbol", .string(symbol.venueName)), ("orders", .array(legs.map(\.listEntry)))
        ]
        return .fields(head + (reports.map { [("orderReports", .array($0))] } ?? []))
    }
}

extension FillRecord {
    /// One fill inside an order's answer.
    func fill(of order: OrderRecord) -> JSONValue {
        let fee = side(of: order).fee
        return [
            "price": .price(price), "qty": .quantity(quantity), "commission": .amount(fee.amount), "commissionAsset": .string(fee.currency.code),
            "tradeId": .integer(id)
        ]
    }

    func side(of order: OrderRecord) -> Party { taker.order == order.id ? taker : maker }

    /// A row of `myTrades`, from one of the account's orders.
    func row(of order: OrderRecord) -> JSONValue {
        let party = side(of: order)
        return [
            "symbol": .string(symbol.venueName), "id": .integer(id), "orderId": .integer(order.id), "orderListId": .integer(order.listId ?? -1),
            "price": .price(price), "qty": .quantity(quantity), "quoteQty": .amount(notional), "commission": .amount(party.fee.amount),
            "commissionAsset": .string(party.fee.currency.code), "time": .time(time), "isBuyer": .bool(order.side == .buy),
            "isMaker": .bool(maker.order == order.id), "isBestMatch": true
        ]
    }
}
