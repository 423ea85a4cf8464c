// Single orders: from parameters through the core to the venue's answer.
import Kernel
import Matching
import StrictJSON
import Trading

extension ParticipantId {
    /// The account behind the key; a person who trades by hand is on the same one.
    static let trader = ParticipantId(1)
}

extension VenueState {
    mutating func place(_ parameters: Parameters) throws(BinanceError) -> JSONValue {
        let (request, prevention, type) = try order(parameters)
        let placed = try place(request, prevention)
        return placed.answer(type, fills: fills(of: placed))
    }

    /// The same checks on a copy that is thrown away.
    func test(_ parameters: Parameters) throws(BinanceError) -> JSONValue {
        let (request, prevention, _) = try order(parameters)
        var copy = self
        _ = try copy.place(request, prevention)
        guard try parameters.flag("computeCommissionRates") == true else { return .object([]) }
        let rates: JSONValue = ["maker": .amount(settings.makerFee.value), "taker": .amount(settings.takerFee.value)]
        let none: JSONValue = ["maker": .amount(.zero), "taker": .amount(.zero)]
        return [
            "standardCommissionForOrder": rates, "specialCommissionForOrder": none, "taxCommissionForOrder": none,
            "discount": ["enabledForAccount": false, "enabledForSymbol": false, "discountAsset": "BNB", "discount": .amount(.zero)]
        ]
    }

    private func order(_ parameters: Parameters) throws(BinanceError) -> (OrderRequest, SelfTradePrevention, ResponseType) {
        let symbol = try symbol(parameters), side = try parameters.side(), kind = try parameters.kind()
        try parameters.checkStrategy()
        let usual: ResponseType = kind.type == .market || kind.type == .limit ? .full : .ack
        let id = try parameters.clientId("newClientOrderId") ?? ClientOrderId.made(nextId)
        return (
            OrderRequest(id: id, symbol: symbol, side: side, kind: kind), try parameters.prevention(), try parameters.responseType(default: usual)
        )
    }

    mutating func place(_ request: OrderRequest, _ prevention: SelfTradePrevention) throws(BinanceError) -> OrderRecord {
        try counts.admit(orders: 1, at: now)
        nextId += 1
        do throws(Refusal) {
            let placed = try core.place(request, for: .trader, prevention: prevention, at: now)
            if placed.status == .filled { counts.giveBack(orders: 1) }
            noteTrades()
            return placed
        } catch {
            counts.giveBack(orders: 1)
            throw BinanceError(error, [request.kind])
        }
    }

    func fills(of order: OrderRecord) -> [JSONValue] {
        order.fills.compactMap { id in core.allTrades(order.symbol, from: Int(id) - 1).first.map { $0.fill(of: order) } }
    }

    /// The order that `orderId` or `origClientOrderId` names; with both, it must have both. nil if there is none.
    func found(_ parameters: Parameters, id idName: String = "orderId", client clientName: String = "origClientOrderId") throws(BinanceError)
        -> OrderRecord?
    {
        let symbol = try symbol(parameters)
        let id = try parameters.integer(idName), client = try parameters.clientId(clientName)
        guard id != nil || client != nil else { throw .oneOf(clientName, idName) }
        let order = id.map(core.order) ?? client.flatMap { core.order($0, .trader) }
        guard let order, order.account == .trader, order.symbol == symbol, client.map({ $0 == order.clientId }) ?? true else { return nil }
        return order
    }

    mutating func cancel(_ parameters: Parameters) throws(BinanceError) -> JSONValue {
        try cancel(try found(parameters), id: try parameters.clientId("newClientOrderId"), restrictions: try parameters.text("cancelRestrictions"))
    }

    private mutating func cancel(_ order: OrderRecord?, id: ClientOrderId?, restrictions: String?) throws(BinanceError) -> JSONValue {
        guard let order, order.isOpen else { throw .unknownOrder }
        switch restrictions {
        case nil: break
        case "ONLY_NEW": guard order.status == .new else { throw .notCanceled }
        case "ONLY_PARTIALLY_FILLED": guard order.status == .partiallyFilled else { throw .notCanceled }
        default: throw .restrictions
        }
        nextId += 1
        let cancelId = id ?? .made(nextId)
        do throws(Refusal) {
            let canceled = try core.cancel(order.id, for: .trader, cancelId: cancelId, at: now)
            // Cancelling a leg ends the list, and that is what the answer tells.
            if let list = canceled.listId { return listAnswer(list, cancelId: cancelId.text) }
            return canceled.canceled(cancelId.text)
        } catch { throw BinanceError(error) }
    }

    mutating func cancelAll(_ parameters: Parameters) throws(BinanceError) -> JSONValue {
        let symbol = try symbol(parameters)
        guard !core.openOrders(.trader, symbol).isEmpty else { throw .unknownOrder }
        nextId += 1
        let cancelId = ClientOrderId.made(nextId)
        do throws(Refusal) {
            let canceled = try core.cancelAll(symbol, for: .trader, cancelId: cancelId, at: now)
            var told: Set<Int64> = []
            return .array(
                canceled.filter { $0.listId.map { told.insert($0).inserted } ?? true }.map { order in
                    order.listId.map { listAnswer($0, cancelId: cancelId.text) } ?? order.canceled(cancelId.text)
                })
        } catch { throw BinanceError(error) }
    }

    /// Two results in one answer, of which either may have failed.
    mutating func replace(_ parameters: Parameters) throws(BinanceError) -> BinanceReply {
        let (request, prevention, type) = try order(parameters)
        guard rules(request.symbol).allowsCancelReplace else { throw .noReplace }
        let mode = try parameters.required("cancelReplaceMode", try parameters.text("cancelReplaceMode"))
        guard ["STOP_ON_FAILURE", "ALLOW_FAILURE"].contains(mode) else { throw .invalid("cancelReplaceMode") }
        let old = try found(parameters, id: "cancelOrderId", client: "cancelOrigClientOrderId")
        let cancelId = try parameters.clientId("cancelNewClientOrderId"), restrictions = try parameters.text("cancelRestrictions")
        _ = try parameters.text("orderRateLimitExceededMode")
        let cancel = Result { () throws(BinanceError) in try self.cancel(old, id: cancelId, restrictions: restrictions) }
        let attempts = mode == "ALLOW_FAILURE" || (try? cancel.get()) != nil
        let placement: Result<JSONValue, BinanceError>? =
            !attempts
            ? nil
            : Result { () throws(BinanceError) in
                let placed = try self.place(request, prevention)
                return placed.answer(type, fills: fills(of: placed))
            }
        return Self.replaced(cancel, placement)
    }

    private static func replaced(_ cancel: Result<JSONValue, BinanceError>, _ placement: Result<JSONValue, BinanceError>?) -> BinanceReply {
        func word(_ result: Result<JSONValue, BinanceError>?) -> String {
            switch result {
            case .success: "SUCCESS"
            case .failure: "FAILURE"
            case nil: "NOT_ATTEMPTED"
            }
        }
        func json(_ result: Result<JSONValue, BinanceError>?) -> JSONValue {
            switch result {
            case .success(let json): json
            case .failure(let error): error.json
            case nil: nil
            }
        }
        let data: JSONValue = [
            "cancelResult": .string(word(cancel)), "newOrderResult": .string(word(placement)), "cancelResponse": json(cancel),
            "newOrderResponse": json(placement)
        ]
        switch (word(cancel), word(placement)) {
        case ("SUCCESS", "SUCCESS"): return BinanceReply(data)
        case ("SUCCESS", _), (_, "SUCCESS"):
            return BinanceReply(["code": -2021, "msg": "Order cancel-replace partially failed.", "data": data], status: 409)
        default: return BinanceReply(["code": -2022, "msg": "Order cancel-replace failed.", "data": data], status: 400)
        }
    }
}

extension ClientOrderId {
    /// The id the venue gives if its client gave none: 22 letters and digits, another one for each number.
    static func made(_ number: UInt64) -> ClientOrderId {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        var text: [UInt8] = [], state = number &* 0x9E37_79B9_7F4A_7C15 | 1
        for _ in 0..<22 {
            state = (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9 &+ number
            text.append(letters[Int((state >> 32) % UInt64(letters.count))])
        }
        guard let id = ClientOrderId(String(decoding: text, as: UTF8.self)) else { preconditionFailure("letters and digits make an id") }
        return id
    }
}
