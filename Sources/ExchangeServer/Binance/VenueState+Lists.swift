// Order lists: from parameters through the core to the venue's answer.
import Kernel
import Matching
import Trading

extension VenueState {
    mutating func place(_ parameters: Parameters, _ read: (Parameters, () -> ClientOrderId) throws(BinanceError) -> OrderListRequest.Contingency)
        throws(BinanceError) -> JSONValue
    {
        let symbol = try symbol(parameters)
        var number = nextId
        let contingency = try read(parameters) {
            number += 1
            return .made(number)
        }
        let request = OrderListRequest(id: try parameters.clientId("listClientOrderId") ?? .made(number + 1), symbol: symbol, contingency)
        let prevention = try parameters.prevention(), type = try parameters.responseType(default: .result)
        try counts.admit(orders: contingency.legs.count, at: now)
        nextId = number + 2
        do throws(Refusal) {
            let placed = try core.place(request, for: .trader, prevention: prevention, at: now)
            noteTrades()
            let legs = legs(of: placed)
            return placed.json(legs, reports: legs.map { $0.answer(type, fills: fills(of: $0)) })
        } catch {
            counts.giveBack(orders: contingency.legs.count)
            throw BinanceError(error, contingency.legs.map(\.kind))
        }
    }

    func legs(of list: OrderListRecord) -> [OrderRecord] { list.orders.compactMap(core.order) }
    func json(_ list: OrderListRecord) -> JSONValue { list.json(legs(of: list)) }

    /// All lists of the account, by id.
    var lists: [OrderListRecord] {
        var found: [OrderListRecord] = []
        while let list = core.list(Int64(found.count + 1)) { found.append(list) }
        return found.filter { $0.account == .trader }
    }

    func foundList(_ parameters: Parameters, client name: String) throws(BinanceError) -> OrderListRecord? {
        let id = try parameters.integer("orderListId"), client = try parameters.clientId(name)
        guard id != nil || client != nil else { throw .oneOf("orderListId", name) }
        let list = id.map(core.list) ?? client.flatMap { core.list($0, .trader) }
        return list?.account == .trader && client.map { $0 == list?.clientId } ?? true ? list : nil
    }

    mutating func cancelList(_ parameters: Parameters) throws(BinanceError) -> JSONValue {
        let symbol = try symbol(parameters)
        guard let list = try foundList(parameters, client: "listClientOrderId"), list.symbol == symbol, list.status == .executing else {
            throw .unknownOrder
        }
        let given = try parameters.clientId("newClientOrderId")
        nextId += 1
        let cancelId = given ?? .made(nextId)
        do throws(Refusal) {
            _ = try core.cancelList(list.id, for: .trader, cancelId: cancelId, at: now)
            return listAnswer(list.id, cancelId: cancelId.text)
        } catch { throw BinanceError(error) }
    }

    /// How a cancelled list is reported.
    func listAnswer(_ id: Int64, cancelId: String) -> JSONValue {
        guard let list = core.list(id) else { preconditionFailure("a list that was just cancelled is there") }
        let legs = legs(of: list)
        return list.json(legs, reports: legs.map { $0.canceled(cancelId) })
    }
}
