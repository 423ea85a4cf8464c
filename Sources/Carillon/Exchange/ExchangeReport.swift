// Orders, rules and balances of an exchange in words and as JSON.
import Domain
import Messaging

enum ExchangeReport {
    static func word(_ status: VenueOrderStatus) -> String {
        switch status {
        case .acknowledged: "acknowledged"
        case .pendingNew: "waiting for its list"
        case .new: "open"
        case .partiallyFilled: "partly filled"
        case .filled: "filled"
        case .canceled: "cancelled"
        case .expired: "expired"
        case .rejected: "rejected"
        case .unrecognised(let word): "unrecognised (\(SafeReason.line(word)))"
        }
    }

    /// For machines: the case's name.
    static func name(_ status: VenueOrderStatus) -> String {
        if case .unrecognised = status { "unrecognised" } else { "\(status)" }
    }

    static func line(_ order: VenueOrder) -> String {
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

    static func line(_ trade: VenueTrade) -> String {
        "\(trade.time?.iso8601 ?? "") \(trade.symbol) \(trade.side.rawValue) \(trade.quantity) at \(trade.price), fee \(trade.fee) (trade \(trade.id), order \(trade.order))"
    }

    static func fields(_ order: VenueOrder) -> JSONOutput {
        .fields([
            ("orderId", .text(order.id.text)), ("clientOrderId", .text(order.clientId?.text)), ("listId", .text(order.list?.text)),
            ("symbol", .text(order.symbol.description)), ("side", .text(order.side?.rawValue)), ("type", .text(order.type?.rawValue)),
            ("timeInForce", .text(order.timeInForce?.rawValue)), ("status", .text(name(order.status))), ("quantity", .decimal(order.quantity?.value)),
            ("quoteQuantity", .decimal(order.quoteQuantity)), ("price", .decimal(order.price?.value)), ("trigger", .decimal(order.trigger?.value)),
            ("executedQuantity", .decimal(order.executedQuantity.value)), ("executedQuote", .decimal(order.executedQuote)),
            ("averagePrice", .decimal(order.averagePrice?.value)), ("trades", .list(order.trades.map(fields))), ("time", .text(order.time?.iso8601)),
        ])
    }

    static func fields(_ trade: VenueTrade) -> JSONOutput {
        .fields([
            ("tradeId", .text(trade.id)), ("orderId", .text(trade.order.text)), ("symbol", .text(trade.symbol.description)), ("side", .text(trade.side.rawValue)),
            ("quantity", .decimal(trade.quantity.value)), ("price", .decimal(trade.price.value)), ("fee", .decimal(trade.fee.amount)),
            ("feeAsset", .text(trade.fee.currency.code)), ("maker", trade.isMaker.map { .flag($0) } ?? .text(nil)), ("time", .text(trade.time?.iso8601)),
        ])
    }

    static func fields(_ list: VenueOrderList) -> JSONOutput {
        .fields([
            ("listId", .text(list.id.text)), ("clientListId", .text(list.clientId?.text)), ("symbol", .text(list.symbol.description)),
            ("kind", .text(list.kind?.rawValue)), ("legs", .list(list.legs.map { .text($0.id.text) })), ("orders", .list(list.orders.map(fields))),
        ])
    }
}
