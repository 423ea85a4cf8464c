// Order lists: OCO, OTO and OTOCO in the venue's parameters of "above" and "below", "working" and "pending".
import Kernel
public import Ports
import StrictJSON
public import Trading
import VenueCommon

extension BinanceExchange {
    public func submit(_ list: OrderListRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList {
        let answer = try await ask(.submit(list, try ListLegs.parameters(list.contingency)), priority)
        let placed = try ListReading.list(answer, list.symbol)
        let asked = Set(list.contingency.legs.map(\.id)), told = Set(placed.legs.compactMap(\.clientId))
        guard placed.clientId == list.id, asked == told, placed.kind == nil || placed.kind == list.contingency.kind else {
            throw .malformed("an answer to another list")
        }
        for leg in list.contingency.legs {
            guard let report = placed.orders.first(where: { $0.clientId == leg.id }) else { continue }
            try report.hold(against: leg.side, leg.kind)
        }
        return placed
    }

    public func cancelList(_ list: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList {
        try Self.list(await ask(.cancelList(list), priority), list)
    }

    public func orderList(_ list: OrderReference) async throws(ExchangeError) -> VenueOrderList {
        try Self.list(await ask(.orderList(list)), list)
    }

    /// Lists of instruments outside our alphabet are left out: their legs are named among the open orders.
    public func openOrderLists() async throws(ExchangeError) -> [VenueOrderList] {
        var lists: [VenueOrderList] = []
        let rows = try await ask(.openOrderLists).list("open lists", atMost: 10_000)
        for (row, symbol) in zip(rows, try await symbols(of: rows)) {
            if let symbol { lists.append(try ListReading.list(row, symbol)) }
        }
        return lists
    }

    private static func list(_ answer: JSONField, _ asked: OrderReference) throws(ExchangeError) -> VenueOrderList {
        let list = try ListReading.list(answer, asked.symbol)
        guard asked.names(list) else { throw .malformed("an answer about another list") }
        return list
    }
}

enum ListLegs {
    typealias Parameters = [(name: String, value: String)]

    static func parameters(_ contingency: OrderListRequest.Contingency) throws(ExchangeError) -> Parameters {
        switch contingency {
        case .oneCancelsOther(let above, let below):
            let (side, quantity) = try shared(above, below)
            return [("side", side), ("quantity", quantity)] + leg(above, "above") + leg(below, "below")
        case .oneTriggersOther(let working, let pending):
            return try self.working(working) + sized(pending, "pending") + leg(pending, "pending")
        case .oneTriggersOneCancelsOther(let working, let above, let below):
            let (side, quantity) = try shared(above, below)
            return try self.working(working) + [("pendingSide", side), ("pendingQuantity", quantity)] + leg(above, "pendingAbove")
                + leg(below, "pendingBelow")
        }
    }

    private static func working(_ leg: OrderLeg) throws(ExchangeError) -> Parameters {
        guard leg.kind.type == .limit || leg.kind.type == .limitMaker else {
            throw .unsupported("a list that begins with anything but a limit order")
        }
        return try sized(leg, "working") + self.leg(leg, "working")
    }

    /// Side and quantity that both legs of an OCO have in common.
    private static func shared(_ a: OrderLeg, _ b: OrderLeg) throws(ExchangeError) -> (side: String, quantity: String) {
        guard a.side == b.side, let quantity = a.kind.quantity, quantity == b.kind.quantity else {
            throw .unsupported("legs that differ in side or quantity")
        }
        return (Words.word(a.side), quantity.value.description)
    }

    private static func sized(_ leg: OrderLeg, _ role: String) throws(ExchangeError) -> Parameters {
        guard let quantity = leg.kind.quantity else { throw .unsupported("a leg by quote amount") }
        return [(role + "Side", Words.word(leg.side)), (role + "Quantity", quantity.value.description)]
    }

    private static func leg(_ leg: OrderLeg, _ role: String) -> Parameters {
        [(role + "Type", Words.word(leg.kind.type)), (role + "ClientOrderId", leg.id.text)]
            + Call.prices(of: leg.kind, price: role + "Price", trigger: role + "StopPrice", timeInForce: role + "TimeInForce")
    }
}
