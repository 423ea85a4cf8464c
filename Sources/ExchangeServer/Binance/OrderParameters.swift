// An order out of the parameters of a request: which must be there, which must not, by the kind of order.
// The same reading serves single orders and, with a prefix on every name, the legs of lists.
import Kernel
import Matching
import Trading

/// What an order's answer tells.
enum ResponseType: String { case ack = "ACK", result = "RESULT", full = "FULL" }

/// The names of one order's parameters: `price`, or `abovePrice`, or `pendingBelowPrice`.
struct ParameterNames {
    let prefix: String
    init(_ prefix: String = "") { self.prefix = prefix }

    func callAsFunction(_ name: String) -> String { prefix.isEmpty ? name : prefix + name.prefix(1).uppercased() + name.dropFirst() }
    var clientId: String { prefix.isEmpty ? "newClientOrderId" : prefix + "ClientOrderId" }
}

extension Parameters {
    /// - Parameters:
    ///   - quantity: the legs of an OCO share one quantity, which stands elsewhere.
    func kind(_ name: ParameterNames = ParameterNames(), quantity shared: Quantity? = nil) throws(BinanceError) -> OrderKind {
        let type = try required(name("type"), try choice(name("type"), .orderType, OrderType.init(word:)))
        guard try decimal(name("icebergQty")) ?? .zero == .zero else { throw .iceberg }
        switch type {
        case .market: return .market(try marketAmount(name))
        case .limit:
            try refuse(name("stopPrice"), name("trailingDelta"), name("quoteOrderQty"))
            let force = try force(name)
            return .limit(try amount(name, shared), price: try price(name), force)
        case .limitMaker:
            try refuse(name("timeInForce"), name("stopPrice"), name("trailingDelta"), name("quoteOrderQty"))
            return .limitMaker(try amount(name, shared), price: try price(name))
        case .stopLoss, .takeProfit:
            try refuse(name("timeInForce"), name("price"), name("quoteOrderQty"))
            let quantity = try amount(name, shared), trigger = try trigger(name)
            return type == .stopLoss ? .stopLoss(quantity, trigger: trigger) : .takeProfit(quantity, trigger: trigger)
        case .stopLossLimit, .takeProfitLimit:
            try refuse(name("quoteOrderQty"))
            let force = try force(name), quantity = try amount(name, shared), price = try price(name), trigger = try trigger(name)
            return type == .stopLossLimit
                ? .stopLossLimit(quantity, trigger: trigger, price: price, force)
                : .takeProfitLimit(quantity, trigger: trigger, price: price, force)
        }
    }

    private func marketAmount(_ name: ParameterNames) throws(BinanceError) -> MarketAmount {
        try refuse(name("timeInForce"), name("price"), name("stopPrice"), name("trailingDelta"))
        let base = try quantity(name("quantity")), quote = try decimal(name("quoteOrderQty"))
        switch (base, quote) {
        case (nil, nil): throw .oneOf(name("quantity"), name("quoteOrderQty"))
        case (.some, .some): throw .combination
        case (let base?, nil): return .base(base)
        case (nil, let quote?):
            guard quote.isPositive else { throw .invalidNumber(name("quoteOrderQty")) }
            return .quote(quote)
        }
    }

    private func amount(_ name: ParameterNames, _ shared: Quantity?) throws(BinanceError) -> Quantity {
        if let shared { return shared }
        return try required(name("quantity"), try quantity(name("quantity")))
    }
    private func price(_ name: ParameterNames) throws(BinanceError) -> Price { try required(name("price"), try price(name("price"))) }
    private func force(_ name: ParameterNames) throws(BinanceError) -> TimeInForce {
        try required(name("timeInForce"), try choice(name("timeInForce"), .timeInForce, TimeInForce.init(rawValue:)))
    }
    private func trigger(_ name: ParameterNames) throws(BinanceError) -> Price {
        guard try integer(name("trailingDelta")) == nil else { throw .trailing }
        guard let trigger = try price(name("stopPrice")) else { throw .oneOf(name("stopPrice"), name("trailingDelta")) }
        return trigger
    }

    func side(_ name: String = "side") throws(BinanceError) -> Side { try required(name, try choice(name, .side, Side.init(word:))) }

    func prevention() throws(BinanceError) -> SelfTradePrevention {
        try choice("selfTradePreventionMode", .invalid("selfTradePreventionMode"), SelfTradePrevention.init(rawValue:)) ?? .expireMaker
    }

    func responseType(default usual: ResponseType) throws(BinanceError) -> ResponseType {
        try choice("newOrderRespType", .invalid("newOrderRespType"), ResponseType.init(rawValue:)) ?? usual
    }

    /// Read and forgotten: they change nothing here.
    func checkStrategy(_ name: ParameterNames = ParameterNames()) throws(BinanceError) {
        _ = try integer(name("strategyId"))
        if let type = try integer(name("strategyType")), type < 1_000_000 { throw .strategyType }
    }

    static let ofOrder = [
        "symbol", "side", "type", "timeInForce", "quantity", "quoteOrderQty", "price", "newClientOrderId", "strategyId", "strategyType",
        "stopPrice", "trailingDelta", "icebergQty", "newOrderRespType", "selfTradePreventionMode"
    ]
    static func ofLeg(_ prefix: String) -> [String] {
        let name = ParameterNames(prefix)
        return [name.clientId]
            + ["type", "price", "stopPrice", "trailingDelta", "timeInForce", "icebergQty", "strategyId", "strategyType"].map { name($0) }
    }
}
