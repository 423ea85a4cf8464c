// Orders, rules and balances of an exchange in words and as JSON.
package import Application
package import Kernel
import Market
import Messaging
package import Trading

package enum OrdersScreen {
    package static func word(_ status: VenueOrderStatus) -> String {
        switch status {
        case .acknowledged: "acknowledged"
        case .pendingNew: "waiting for its list"
        case .new: "open"
        case .partiallyFilled: "partly filled"
        case .filled: "filled"
        case .canceled: "cancelled"
        case .expired: "expired"
        case .rejected: "rejected"
        case .unrecognised(let word): "unrecognised (\(SafeText.typed(word)))"
        }
    }

    /// For machines: the case's name.
    package static func name(_ status: VenueOrderStatus) -> String {
        if case .unrecognised = status { "unrecognised" } else { "\(status)" }
    }

    package static func line(_ order: VenueOrder) -> String {
        var parts = ["\(order.symbol) \(order.side?.rawValue ?? "?") \(order.type?.rawValue ?? "?")"]
        if let quantity = order.quantity, !quantity.isZero { parts.append("\(quantity) \(order.symbol.base)") }
        if let quote = order.quoteQuantity, quote.isPositive { parts.append("for \(quote) \(order.symbol.quote)") }
        if let trigger = order.trigger { parts.append("trigger \(trigger)") }
        if let price = order.price { parts.append("limit \(price)") }
        parts.append(word(order.status))
        if !order.executedQuantity.isZero { parts.append("executed \(order.executedQuantity)" + (order.averagePrice.map { " at \($0)" } ?? "")) }
        let ids = "order \(order.id)" + (order.clientId.map { ", ours \($0)" } ?? "") + (order.list.map { ", list \($0)" } ?? "")
        return parts.joined(separator: " ") + " (\(ids))"
    }

    package static func line(_ trade: VenueFill) -> String {
        "\(trade.time?.iso8601 ?? "") \(trade.symbol) \(trade.side.rawValue) \(trade.quantity) at \(trade.price), "
            + "fee \(trade.fee) (trade \(trade.id), order \(trade.order))"
    }

    package static func fields(_ order: VenueOrder) -> JSONValue {
        .fields([
            ("orderId", .text(order.id.text)), ("clientOrderId", .text(order.clientId?.text)), ("listId", .text(order.list?.text)),
            ("symbol", .text(order.symbol.description)), ("side", .text(order.side?.rawValue)), ("type", .text(order.type?.rawValue)),
            ("timeInForce", .text(order.timeInForce?.rawValue)), ("status", .text(name(order.status))), ("quantity", .decimal(order.quantity?.value)),
            ("quoteQuantity", .decimal(order.quoteQuantity)), ("price", .decimal(order.price?.value)), ("trigger", .decimal(order.trigger?.value)),
            ("executedQuantity", .decimal(order.executedQuantity.value)), ("executedQuote", .decimal(order.executedQuote)),
            ("averagePrice", .decimal(order.averagePrice?.value)), ("trades", .list(order.trades.map(fields))), ("time", .text(order.time?.iso8601))
        ])
    }

    package static func fields(_ trade: VenueFill) -> JSONValue {
        .fields([
            ("tradeId", .text(trade.id)), ("orderId", .text(trade.order.text)), ("symbol", .text(trade.symbol.description)),
            ("side", .text(trade.side.rawValue)),
            ("quantity", .decimal(trade.quantity.value)), ("price", .decimal(trade.price.value)), ("fee", .decimal(trade.fee.amount)),
            ("feeAsset", .text(trade.fee.currency.code)), ("maker", trade.isMaker.map { .flag($0) } ?? .text(nil)),
            ("time", .text(trade.time?.iso8601))
        ])
    }

    package static func fields(_ list: VenueOrderList) -> JSONValue {
        .fields([
            ("listId", .text(list.id.text)), ("clientListId", .text(list.clientId?.text)), ("symbol", .text(list.symbol.description)),
            ("kind", .text(list.kind?.rawValue)), ("legs", .list(list.legs.map { .text($0.id.text) })), ("orders", .list(list.orders.map(fields)))
        ])
    }

    // MARK: Whole answers

    package static func screen(_ open: OpenOrders) -> String {
        let foreign =
            open.foreign.isEmpty
            ? [] : ["and orders on \(open.foreign.map(SafeText.typed).joined(separator: ", ")), which Carillon does not know"]
        return ((open.orders.isEmpty ? ["No open orders."] : open.orders.map(line)) + foreign).joined(separator: "\n")
    }

    package static func json(_ open: OpenOrders) -> String {
        JSONValue.console([("orders", .list(open.orders.map(fields))), ("foreign", .list(open.foreign.map { .text($0) }))])
    }

    package static func screen(_ sent: OrderByHand.Sent) -> String {
        switch sent {
        case .order(let order, _): line(order)
        case .list(let list): list.orders.map(line).joined(separator: "\n")
        }
    }

    package static func json(_ sent: OrderByHand.Sent) -> String {
        switch sent {
        case .order(let order, _): fields(order).description
        case .list(let list): fields(list).description
        }
    }

    /// The failure for an answer in which the order is no order, or nobody can tell what it is; nil for every other.
    package static func refusal(_ sent: OrderByHand.Sent) -> Failure? {
        guard case .order(let order, let venue) = sent else { return nil }
        switch order.status {
        case .rejected: return Failure(.data, "\(venue) rejected it: \(line(order))")
        case .unrecognised:
            return Failure(.temporary, "\(venue) gave it a status that Carillon does not know; ask before sending again: \(line(order))")
        case .acknowledged, .pendingNew, .new, .partiallyFilled, .filled, .canceled, .expired: return nil
        }
    }
}
