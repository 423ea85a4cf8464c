// The addresses of single orders: placing, asking, cancelling, replacing.
import Kernel
import Matching
import StrictJSON

extension Route {
    private static let naming = ["symbol", "orderId", "origClientOrderId"]
    static let orders: [Route] = [
        Route("POST", "/api/v3/order", weight: 1, .trade, Parameters.ofOrder) { (venue, parameters) throws(BinanceError) in
            BinanceReply(try venue.place(parameters))
        },
        Route(
            "POST", "/api/v3/order/test", weight: { $0.has("computeCommissionRates") ? 20 : 1 }, .trade,
            Parameters.ofOrder + ["computeCommissionRates"]
        ) {
            (venue, parameters) throws(BinanceError) in BinanceReply(try venue.test(parameters))
        },
        Route("GET", "/api/v3/order", weight: 4, .read, naming) { (venue, parameters) throws(BinanceError) in
            guard let order = try venue.found(parameters) else { throw .noSuchOrder }
            return BinanceReply(order.queried)
        },
        Route("DELETE", "/api/v3/order", weight: 1, .trade, naming + ["newClientOrderId", "cancelRestrictions"]) {
            (venue, parameters) throws(BinanceError) in
            BinanceReply(try venue.cancel(parameters))
        },
        Route(
            "POST", "/api/v3/order/cancelReplace", weight: 1, .trade,
            Parameters.ofOrder
                + [
                    "cancelReplaceMode", "cancelNewClientOrderId", "cancelOrigClientOrderId", "cancelOrderId", "cancelRestrictions",
                    "orderRateLimitExceededMode"
                ]
        ) {
            (venue, parameters) throws(BinanceError) in try venue.replace(parameters)
        },
        Route("GET", "/api/v3/openOrders", weight: { $0.has("symbol") ? 6 : 80 }, .read, ["symbol"]) { (venue, parameters) throws(BinanceError) in
            let symbol = parameters.has("symbol") ? try venue.symbol(parameters) : nil
            return BinanceReply(.array(venue.core.openOrders(.trader, symbol).map(\.queried)))
        },
        Route("DELETE", "/api/v3/openOrders", weight: 1, .trade, ["symbol"]) { (venue, parameters) throws(BinanceError) in
            BinanceReply(try venue.cancelAll(parameters))
        },
        Route("GET", "/api/v3/allOrders", weight: 20, .read, ["symbol", "orderId", "startTime", "endTime", "limit"]) {
            (venue, parameters) throws(BinanceError) in
            let symbol = try venue.symbol(parameters), window = try parameters.window(), limit = try parameters.limit(default: 500, maximum: 1_000)
            let first = try parameters.integer("orderId")
            let found = venue.core.allOrders(.trader, symbol).filter { $0.id >= first ?? 0 && window.contains($0.createdAt) }
            return BinanceReply(.array((first == nil && !parameters.has("startTime") ? found.suffix(limit) : found.prefix(limit)).map(\.queried)))
        }
    ]
}

extension Parameters {
    /// From `startTime` to `endTime`, at most a day apart.
    func window() throws(BinanceError) -> ClosedRange<Timestamp> {
        let start = try moment("startTime"), end = try moment("endTime")
        if let start, let end {
            guard start < end else { throw .mandatory("endTime") }
            guard end - start <= .days(1) else { throw .lookup(hours: 24) }
        }
        let first = start ?? Timestamp(milliseconds: 0)
        return first...max(first, end ?? Timestamp(milliseconds: .max))
    }
}
