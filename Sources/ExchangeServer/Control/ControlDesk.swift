// The control port: JSON in, JSON out, a port of its own, so that nothing of it is in the venue's own answers.
import Kernel
import Market
import Ports
import StrictJSON
import Trading

struct ControlDesk: Sendable {
    let venue: BinanceVenue
    /// Moves a clock that only moves when told; nil if the venue's clock is the real one.
    let advance: (@Sendable (TimeSpan) -> Void)?

    func answer(_ request: ReceivedRequest) -> BinanceReply {
        if let refusal = ControlGate.refusal(request) { return refusal }
        do throws(ControlError) { return BinanceReply(try done(request)) } catch {
            return BinanceReply(["error": .string(error.message)], status: 400)
        }
    }

    private func done(_ request: ReceivedRequest) throws(ControlError) -> JSONValue {
        let fine: JSONValue = ["ok": true]
        switch "\(request.method) \(request.target)" {
        case "GET /": return Self.help
        case "GET /audit": return venue.audit.json
        case "GET /faults": return ["waiting": .count(venue.waitingFaults)]
        case "POST /faults": return ["id": .count(venue.add(try Fault(try ControlBody(request.body, known: Fault.fields))))]
        case "DELETE /faults": venue.clearFaults()
        case "POST /price": try price(try ControlBody(request.body, known: ["symbol", "price", "hold"]))
        case "POST /depth": try depth(try ControlBody(request.body, known: ["symbol", "levels", "quantity"]))
        case "POST /symbols":
            try rules(
                try ControlBody(request.body, known: ["symbol", "status", "tickSize", "stepSize", "minNotional", "maxNumOrders", "maxNumAlgoOrders"]))
        case "POST /balances": return try balance(try ControlBody(request.body, known: ["asset", "change"]))
        case "POST /key": try key(try ControlBody(request.body, known: ["mayRead", "mayTrade", "mayWithdraw", "isRevoked"]))
        case "POST /limits": try limits(try ControlBody(request.body, known: ["weight", "ordersPerTenSeconds", "ordersPerDay", "refusalsUntilBan"]))
        case "POST /clock/skew": venue.setSkew(try ControlBody(request.body, known: ["milliseconds"]).milliseconds("milliseconds") ?? .seconds(0))
        case "POST /clock/advance":
            guard let advance else { throw ControlError("the venue's clock is the real one") }
            guard let span = try ControlBody(request.body, known: ["milliseconds"]).milliseconds("milliseconds"),
                (0...TimeSpan.days(7).milliseconds).contains(span.milliseconds)
            else {
                // Every minute on the way is played, and nobody is answered meanwhile.
                throw ControlError("'milliseconds' must be zero or more, at most a week at a time")
            }
            advance(span)
            return ["now": .time(venue.now)]
        case "POST /orders": return try byHand("POST", request.body)
        case "DELETE /orders": return try byHand("DELETE", request.body)
        default: throw ControlError("nothing here; GET / lists what there is")
        }
        return fine
    }

    private func symbol(_ body: ControlBody) throws(ControlError) -> Symbol {
        let name = try body.required("symbol")
        guard let symbol = venue.withState({ $0.symbols[name] }) else { throw ControlError("no symbol '\(name)'") }
        return symbol
    }

    private func price(_ body: ControlBody) throws(ControlError) {
        guard let price = try body.decimal("price").flatMap({ Price($0) }) else { throw ControlError("'price' must be a price") }
        venue.setPrice(try symbol(body), price, hold: try body.flag("hold") ?? true)
    }

    private func depth(_ body: ControlBody) throws(ControlError) {
        let quantity = try body.decimal("quantity").flatMap { Quantity($0) }
        venue.setDepth(try symbol(body), levels: max(0, try body.integer("levels") ?? 1), quantity: quantity)
    }

    private func rules(_ body: ControlBody) throws(ControlError) {
        let tick = try body.decimal("tickSize"), lot = try body.decimal("stepSize"), least = try body.decimal("minNotional")
        let orders = try body.integer("maxNumOrders"), algo = try body.integer("maxNumAlgoOrders"), status = try body.text("status")
        for step in [tick, lot].compactMap({ $0 }) where !step.isPositive || step > FixedDecimal(1_000_000) {
            throw ControlError("a step is above zero, up to 1e6")
        }
        venue.setRules(try symbol(body)) { rules in
            if let tick { (rules.price.step, rules.price.minimum) = (tick, tick) }
            if let lot { (rules.lot.step, rules.lot.minimum) = (lot, lot) }
            if let least { rules.notional?.minimum = least }
            rules.maximumOrders = orders ?? rules.maximumOrders
            rules.maximumAlgoOrders = algo ?? rules.maximumAlgoOrders
            switch status {
            case nil: break
            case "TRADING": rules.status = .trading
            case "HALT": rules.status = .halted
            case "CANCEL_ONLY": rules.status = .cancelOnly
            case let word?: rules.status = .unrecognised(word)
            }
        }
    }

    private func balance(_ body: ControlBody) throws(ControlError) -> JSONValue {
        guard let currency = Currency(try body.required("asset")), let change = try body.decimal("change") else {
            throw ControlError("'asset' and 'change' are needed")
        }
        guard venue.transfer(change, currency) else { throw ControlError("less than that is free") }
        return venue.audit.json["balances"].found ?? []
    }

    private func key(_ body: ControlBody) throws(ControlError) {
        let read = try body.flag("mayRead"), trade = try body.flag("mayTrade"), withdraw = try body.flag("mayWithdraw"),
            revoked = try body.flag("isRevoked")
        venue.changeKey { key in
            key.mayRead = read ?? key.mayRead
            key.mayTrade = trade ?? key.mayTrade
            key.mayWithdraw = withdraw ?? key.mayWithdraw
            key.isRevoked = revoked ?? key.isRevoked
        }
    }

    private func limits(_ body: ControlBody) throws(ControlError) {
        let weight = try body.integer("weight"), ten = try body.integer("ordersPerTenSeconds"), day = try body.integer("ordersPerDay")
        let refusals = try body.integer("refusalsUntilBan")
        venue.changeLimits { limits in
            limits.weight = weight ?? limits.weight
            limits.ordersPerTenSeconds = ten ?? limits.ordersPerTenSeconds
            limits.ordersPerDay = day ?? limits.ordersPerDay
            limits.refusalsUntilBan = refusals ?? limits.refusalsUntilBan
        }
    }

    private func byHand(_ method: String, _ bytes: [UInt8]) throws(ControlError) -> JSONValue {
        let known = method == "POST" ? Parameters.ofOrder : ["symbol", "orderId", "origClientOrderId"]
        let body = try ControlBody(bytes, known: known)
        var fields: [(String, String)] = []
        for name in known { if let text = try body.text(name) { fields.append((name, text)) } }
        let reply = venue.byHand(method, "/api/v3/order", fields)
        return ["status": .count(reply.status), "answer": (try? JSONValue(parsing: reply.body)) ?? nil]
    }
}
