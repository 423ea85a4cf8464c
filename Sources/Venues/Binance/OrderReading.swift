// An order as Binance reports it, in each of its answers: placed, asked for, cancelled, a leg of a list. Numbers
// come from strings, a word we do not know stays itself, and another symbol's order is malformed (fault 49).
import Kernel
import Market
import Ports
import StrictJSON
import Trading
import VenueCommon

enum OrderReading {
    /// - Parameter mayBeReceipt: an answer to a new order may lack its status, which is then `acknowledged`.
    static func order(_ row: JSONField, _ symbol: Symbol, mayBeReceipt: Bool = false) throws(ExchangeError) -> VenueOrder {
        guard row["symbol"]?.text == symbol.venueName else { throw .malformed("an order of another symbol") }
        let id = try row.need("orderId") { $0.venueId }
        var order = VenueOrder(id: id, clientId: clientId(row), list: row["orderListId"]?.venueId, symbol: symbol, status: .acknowledged)
        order.time = try row.first(["transactTime", "updateTime", "time"]) { $0.moment }
        guard let status = row["status"]?.text else {
            guard mayBeReceipt, row["status"] == nil, row["executedQty"] == nil else { throw .malformed("an order without a status") }
            return order
        }
        order.status = shown(Words.status(status))
        order.side = try row.need("side") { $0.text.flatMap(Words.side) }
        order.type = Words.type(try row.need("type") { $0.text })
        order.timeInForce = row["timeInForce"]?.text.flatMap { TimeInForce(rawValue: $0) }
        try readAmounts(row, into: &order)
        order.trades = try fills(row, of: order)
        let filled = order.trades.reduce(FixedDecimal.zero) { $0 + $1.quantity.value }
        guard filled <= order.executedQuantity.value else { throw .malformed("more in executions than was executed") }
        return order
    }

    private static func readAmounts(_ row: JSONField, into order: inout VenueOrder) throws(ExchangeError) {
        order.price = try row.price("price")
        order.trigger = try row.price("stopPrice")
        order.quoteQuantity = try row.amount("origQuoteOrderQty")
        order.quantity = try row.need("origQty") { $0.quantity }
        order.executedQuantity = try row.need("executedQty") { $0.quantity }
        // Below zero: the venue has no such figure (orders of years ago).
        let executedQuote = try row.may("cummulativeQuoteQty") { $0.decimal }
        order.executedQuote = executedQuote.flatMap { $0.isNegative ? nil : $0 }
        if let ordered = order.quantity, !ordered.isZero, order.executedQuantity > ordered { throw .malformed("more executed than ordered") }
        // "Filled" ends all asking, so it must be whole.
        if order.status == .filled, let ordered = order.quantity, order.executedQuantity < ordered {
            throw .malformed("filled with less than was ordered")
        }
        if order.status == .filled || order.status == .partiallyFilled, order.executedQuantity.isZero { throw .malformed("filled with nothing") }
    }

    /// In a cancel's answer `clientOrderId` names the cancel, and the order's own name is beside it.
    private static func clientId(_ row: JSONField) -> ClientOrderId? {
        (row["origClientOrderId"] ?? row["clientOrderId"])?.text.flatMap { ClientOrderId($0) }
    }

    private static func fills(_ row: JSONField, of order: VenueOrder) throws(ExchangeError) -> [VenueFill] {
        guard let rows = try row.may("fills", { $0.elements }), let side = order.side else { return [] }
        return try JSONField.each(rows) { (fill) throws(ExchangeError) in
            let fee = Money(try fill.need("commission") { $0.decimal }, try fill.need("commissionAsset") { $0.currency })
            return VenueFill(
                id: String(try fill.need("tradeId") { $0.integer }), order: order.id, symbol: order.symbol, side: side,
                quantity: try fill.need("qty") { $0.quantity }, price: try fill.need("price") { $0.decimal.flatMap { Price($0) } },
                fee: fee, isMaker: nil, time: nil)
        }
    }

    /// A row of the account's trades.
    static func trade(_ row: JSONField, _ symbol: Symbol) throws(ExchangeError) -> VenueFill {
        guard row["symbol"]?.text == symbol.venueName else { throw .malformed("a trade of another symbol") }
        let fee = Money(try row.need("commission") { $0.decimal }, try row.need("commissionAsset") { $0.currency })
        return VenueFill(
            id: String(try row.need("id") { $0.integer }), order: try row.need("orderId") { $0.venueId }, symbol: symbol,
            side: try row.need("isBuyer") { $0.flag } ? .buy : .sell, quantity: try row.need("qty") { $0.quantity },
            price: try row.need("price") { $0.decimal.flatMap { Price($0) } }, fee: fee, isMaker: try row.need("isMaker") { $0.flag },
            time: try row.need("time") { $0.moment })
    }

    /// A word from outside that may be printed.
    private static func shown(_ status: VenueOrderStatus) -> VenueOrderStatus {
        if case .unrecognised(let word) = status { return .unrecognised(SafeText.short(word, limit: 40)) }
        return status
    }
}
