// Order lists out of parameters: OCO (in its new form and the deprecated one), OTO and OTOCO.
import Kernel
import Trading

extension Parameters {
    /// One leg under a prefix; `made` gives it an id if the client gave none.
    private func leg(_ prefix: String, _ side: Side, quantity: Quantity?, made: () -> ClientOrderId) throws(BinanceError) -> OrderLeg {
        let name = ParameterNames(prefix)
        let kind = try kind(name, quantity: quantity)
        try checkStrategy(name)
        return OrderLeg(id: try clientId(name.clientId) ?? made(), side: side, kind: kind)
    }

    /// The pair of an OCO; a kind in the wrong place is refused in the venue's words.
    private func pair(_ prefix: String, _ side: Side, _ quantity: Quantity, made: () -> ClientOrderId) throws(BinanceError) -> (
        above: OrderLeg, below: OrderLeg
    ) {
        let name = ParameterNames(prefix)
        let above = try leg(name("above"), side, quantity: quantity, made: made), below = try leg(name("below"), side, quantity: quantity, made: made)
        for leg in [above, below] where leg.kind.type == .market || leg.kind.type == .limit { throw .legType }
        let isLimit = [above, below].map { $0.kind.type == .limitMaker }
        guard isLimit != [true, true] else { throw BinanceError(-1168, "At least one OCO order must be contingent.") }
        let (stop, target) = side == .sell ? (below, above) : (above, below)
        if side == .sell {
            guard !isLimit[1] else { throw BinanceError(-1166, "A limit order in a sell OCO must be above.") }
            guard !above.kind.isStop else { throw BinanceError(-1197, "A stop loss order in a sell OCO must be below.") }
        } else {
            guard !isLimit[0] else { throw BinanceError(-1165, "A limit order in a buy OCO must be below.") }
            guard !below.kind.isStop else { throw BinanceError(-1196, "A stop loss order in a buy OCO must be above.") }
        }
        guard stop.kind.isStop, !target.kind.isStop else {
            throw side == .sell
                ? BinanceError(-1199, "A take profit order in a sell OCO must be above.")
                : BinanceError(-1198, "A take profit order in a buy OCO must be below.")
        }
        return (above, below)
    }

    func oco(made: () -> ClientOrderId) throws(BinanceError) -> OrderListRequest.Contingency {
        let side = try side(), quantity = try required("quantity", try quantity("quantity"))
        let (above, below) = try pair("", side, quantity, made: made)
        return .oneCancelsOther(above: above, below: below)
    }

    /// The form from before 2024: `price` is the target's, `stopPrice` and `stopLimitPrice` are the stop's.
    func deprecatedOco(made: () -> ClientOrderId) throws(BinanceError) -> OrderListRequest.Contingency {
        let side = try side(), quantity = try required("quantity", try quantity("quantity"))
        guard try decimal("limitIcebergQty") ?? .zero == .zero, try decimal("stopIcebergQty") ?? .zero == .zero else { throw .iceberg }
        guard try integer("trailingDelta") == nil else { throw .trailing }
        let price = try required("price", try price("price")), trigger = try required("stopPrice", try self.price("stopPrice"))
        var stop = OrderKind.stopLoss(quantity, trigger: trigger)
        if let limit = try self.price("stopLimitPrice") {
            let force = try required("stopLimitTimeInForce", try choice("stopLimitTimeInForce", .timeInForce, TimeInForce.init(rawValue:)))
            stop = .stopLossLimit(quantity, trigger: trigger, price: limit, force)
        }
        let target = OrderLeg(id: try clientId("limitClientOrderId") ?? made(), side: side, kind: .limitMaker(quantity, price: price))
        let protection = OrderLeg(id: try clientId("stopClientOrderId") ?? made(), side: side, kind: stop)
        return side == .sell ? .oneCancelsOther(above: target, below: protection) : .oneCancelsOther(above: protection, below: target)
    }

    func oto(made: () -> ClientOrderId) throws(BinanceError) -> OrderListRequest.Contingency {
        let working = try working(made: made)
        let side = try side("pendingSide"), pending = try leg("pending", side, quantity: nil, made: made)
        guard pending.kind.quantity != nil else { throw .invalid("pendingType") }
        return .oneTriggersOther(working: working, pending: pending)
    }

    func otoco(made: () -> ClientOrderId) throws(BinanceError) -> OrderListRequest.Contingency {
        let working = try working(made: made)
        let quantity = try required("pendingQuantity", try quantity("pendingQuantity"))
        let (above, below) = try pair("pending", try side("pendingSide"), quantity, made: made)
        return .oneTriggersOneCancelsOther(working: working, above: above, below: below)
    }

    private func working(made: () -> ClientOrderId) throws(BinanceError) -> OrderLeg {
        let leg = try leg("working", try side("workingSide"), quantity: nil, made: made)
        switch leg.kind {
        case .limit(_, _, .goodTillCancel), .limitMaker: return leg
        default: throw .invalid("workingType")
        }
    }

    private static let ofList = ["symbol", "listClientOrderId", "newOrderRespType", "selfTradePreventionMode"]
    static let ofOco = ofList + ["side", "quantity"] + ofLeg("above") + ofLeg("below")
    static let ofDeprecatedOco =
        ofList + [
            "side", "quantity", "limitClientOrderId", "price", "limitIcebergQty", "limitStrategyId", "limitStrategyType", "trailingDelta",
            "stopClientOrderId", "stopPrice", "stopLimitPrice", "stopIcebergQty", "stopLimitTimeInForce", "stopStrategyId",
            "stopStrategyType"
        ]
    private static let ofWorking = ofList + ofLeg("working") + ["workingSide", "workingQuantity", "pendingSide", "pendingQuantity"]
    static let ofOto = ofWorking + ofLeg("pending")
    static let ofOtoco = ofWorking + ofLeg("pendingAbove") + ofLeg("pendingBelow")
}

extension OrderKind {
    fileprivate var isStop: Bool { type == .stopLoss || type == .stopLossLimit }
}
