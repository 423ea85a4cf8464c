// Orders and questions about them as calls: which parameter carries what, and what each call costs.
import Kernel
import Market
import Ports
import Trading
import VenueCommon

extension Call {
    private static func signed(
        _ method: HTTPRequest.Method, _ path: String, _ parameters: [(name: String, value: String)], weight: Int, orders: Int = 0,
        bytes: Int = 1 << 20
    ) -> Call {
        Call(
            method, path, parameters, weight: weight, orders: orders, effect: method == .get ? .read : .change, isSigned: true, maximumBytes: bytes)
    }

    /// The answer is always asked for in full: unasked, its kind depends on the order's type.
    static func submit(_ order: OrderRequest) -> Call {
        var call = signed(.post, "/api/v3/order", parameters(of: order), weight: 1, orders: 1)
        call.validUntil = order.validUntil
        return call
    }

    static func cancel(_ order: OrderReference) -> Call {
        signed(.delete, "/api/v3/order", [symbol(order.symbol), name(order.name, client: "origClientOrderId", venue: "orderId")], weight: 1)
    }

    static func cancelAll(_ symbol: Symbol) -> Call {
        signed(.delete, "/api/v3/openOrders", [Self.symbol(symbol)], weight: 1)
    }

    /// The new order is not placed if the cancel fails.
    static func replace(_ order: OrderReference, _ new: OrderRequest) -> Call {
        let cancel = name(order.name, client: "cancelOrigClientOrderId", venue: "cancelOrderId")
        return signed(
            .post, "/api/v3/order/cancelReplace", parameters(of: new) + [("cancelReplaceMode", "STOP_ON_FAILURE"), cancel], weight: 1, orders: 1)
    }

    static func order(_ order: OrderReference) -> Call {
        signed(.get, "/api/v3/order", [symbol(order.symbol), name(order.name, client: "origClientOrderId", venue: "orderId")], weight: 4)
    }

    static func openOrders(_ symbol: Symbol?) -> Call {
        signed(.get, "/api/v3/openOrders", symbol.map { [Self.symbol($0)] } ?? [], weight: symbol == nil ? 80 : 6, bytes: 8 << 20)
    }

    static func orders(_ symbol: Symbol, since: Timestamp?, until: Timestamp?, limit: Int?) -> Call {
        signed(.get, "/api/v3/allOrders", [Self.symbol(symbol)] + span(since, until, limit), weight: 20, bytes: 8 << 20)
    }

    static func trades(_ symbol: Symbol, of order: VenueOrderId?, since: Timestamp?, until: Timestamp? = nil, limit: Int?) -> Call {
        let order = order.map { [("orderId", $0.text)] } ?? []
        return signed(
            .get, "/api/v3/myTrades", [Self.symbol(symbol)] + order + span(since, until, limit), weight: order.isEmpty ? 20 : 5, bytes: 8 << 20)
    }

    static let account = signed(.get, "/api/v3/account", [], weight: 20, bytes: 8 << 20)
    static let keyRestrictions = signed(.get, "/sapi/v1/account/apiRestrictions", [], weight: 1)
    static func fees(_ symbol: Symbol) -> Call { signed(.get, "/sapi/v1/asset/tradeFee", [Self.symbol(symbol)], weight: 1) }

    // MARK: Lists

    static func submit(_ list: OrderListRequest, _ legs: [(name: String, value: String)]) -> Call {
        let kind = list.contingency.kind
        let own = [symbol(list.symbol), ("listClientOrderId", list.id.text), ("newOrderRespType", "FULL")]
        return signed(.post, "/api/v3/orderList/" + kind.rawValue, own + legs, weight: 1, orders: list.contingency.legs.count)
    }

    static func cancelList(_ list: OrderReference) -> Call {
        signed(.delete, "/api/v3/orderList", [symbol(list.symbol), name(list.name, client: "listClientOrderId", venue: "orderListId")], weight: 1)
    }

    static func orderList(_ list: OrderReference) -> Call {
        signed(.get, "/api/v3/orderList", [name(list.name, client: "origClientOrderId", venue: "orderListId")], weight: 4)
    }

    static let openOrderLists = signed(.get, "/api/v3/openOrderList", [], weight: 6, bytes: 8 << 20)

    // MARK: Parameters

    private static func parameters(of order: OrderRequest) -> [(name: String, value: String)] {
        var parameters = [
            symbol(order.symbol), ("side", Words.word(order.side)), ("type", Words.word(order.kind.type)),
            ("newClientOrderId", order.id.text), ("newOrderRespType", "FULL")
        ]
        if case .market(.quote(let amount)) = order.kind { parameters.append(("quoteOrderQty", amount.description)) }
        if let quantity = order.kind.quantity { parameters.append(("quantity", quantity.value.description)) }
        return parameters + prices(of: order.kind, price: "price", trigger: "stopPrice", timeInForce: "timeInForce")
    }

    /// The prices and the time in force that a kind of order has, under the names a call has for them.
    static func prices(of kind: OrderKind, price: String, trigger: String, timeInForce: String) -> [(name: String, value: String)] {
        var parameters: [(name: String, value: String)] = []
        if let value = kind.price { parameters.append((price, value.value.description)) }
        if let value = kind.trigger { parameters.append((trigger, value.value.description)) }
        if let force = kind.timeInForce { parameters.append((timeInForce, force.rawValue)) }
        return parameters
    }

    private static func symbol(_ symbol: Symbol) -> (name: String, value: String) { ("symbol", symbol.venueName) }

    private static func name(_ name: OrderReference.Name, client: String, venue: String) -> (name: String, value: String) {
        switch name {
        case .client(let id): (client, id.text)
        case .venue(let id): (venue, id.text)
        }
    }

    private static func span(_ since: Timestamp?, _ until: Timestamp?, _ limit: Int?) -> [(name: String, value: String)] {
        [("startTime", since.map { String($0.milliseconds) }), ("endTime", until.map { String($0.milliseconds) }), ("limit", limit.map(String.init))]
            .compactMap { name, value in value.map { (name, $0) } }
    }
}
