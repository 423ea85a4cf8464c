// The addresses of order lists.
import Kernel
import Matching
import Trading

extension Route {
    private static func placing(
        _ path: String, _ known: [String],
        _ read: @escaping @Sendable (Parameters, () -> ClientOrderId) throws(BinanceError) -> OrderListRequest.Contingency
    ) -> Route {
        Route("POST", path, weight: 1, .trade, known) { (venue, parameters) throws(BinanceError) in BinanceReply(try venue.place(parameters, read)) }
    }

    static let lists: [Route] = [
        placing("/api/v3/orderList/oco", Parameters.ofOco) { (parameters, made) throws(BinanceError) in try parameters.oco(made: made) },
        placing("/api/v3/order/oco", Parameters.ofDeprecatedOco) { (parameters, made) throws(BinanceError) in try parameters.deprecatedOco(made: made)
        },
        placing("/api/v3/orderList/oto", Parameters.ofOto) { (parameters, made) throws(BinanceError) in try parameters.oto(made: made) },
        placing("/api/v3/orderList/otoco", Parameters.ofOtoco) { (parameters, made) throws(BinanceError) in try parameters.otoco(made: made) },
        Route("DELETE", "/api/v3/orderList", weight: 1, .trade, ["symbol", "orderListId", "listClientOrderId", "newClientOrderId"]) {
            (venue, parameters) throws(BinanceError) in BinanceReply(try venue.cancelList(parameters))
        },
        Route("GET", "/api/v3/orderList", weight: 4, .read, ["orderListId", "origClientOrderId"]) { (venue, parameters) throws(BinanceError) in
            guard let list = try venue.foundList(parameters, client: "origClientOrderId") else { throw .noSuchList }
            return BinanceReply(venue.json(list))
        },
        Route("GET", "/api/v3/openOrderList", weight: 6, .read) { (venue, _) throws(BinanceError) in
            BinanceReply(.array(venue.core.openLists(.trader).map(venue.json)))
        },
        Route("GET", "/api/v3/allOrderList", weight: 20, .read, ["fromId", "startTime", "endTime", "limit"]) {
            (venue, parameters) throws(BinanceError) in
            let first = try parameters.integer("fromId"), window = try parameters.window(), limit = try parameters.limit(default: 500, maximum: 1_000)
            guard first == nil || !parameters.has("startTime") && !parameters.has("endTime") else { throw .combination }
            let found = venue.lists.filter { $0.id >= first ?? 0 && window.contains($0.createdAt) }
            return BinanceReply(.array((first == nil && !parameters.has("startTime") ? found.suffix(limit) : found.prefix(limit)).map(venue.json)))
        }
    ]
}
