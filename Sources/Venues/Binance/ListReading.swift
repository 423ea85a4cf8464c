// An order list as Binance reports it, with its legs' reports if the answer has them.
import Kernel
import Market
import Ports
import StrictJSON
import Trading
import VenueCommon

enum ListReading {
    static func list(_ row: JSONField, _ symbol: Symbol) throws(ExchangeError) -> VenueOrderList {
        guard row["symbol"]?.text == symbol.venueName else { throw .malformed("a list of another symbol") }
        let legs = try JSONField.each(row.need("orders") { $0.elements }) { (leg) throws(ExchangeError) in
            VenueOrderList.Leg(id: try leg.need("orderId") { $0.venueId }, clientId: leg["clientOrderId"]?.text.flatMap { ClientOrderId($0) })
        }
        let reports = try row.may("orderReports") { $0.elements }
        let orders = try JSONField.each(reports ?? []) { (report) throws(ExchangeError) in
            try OrderReading.order(report, symbol)
        }
        let contingency = try row.need("contingencyType") { $0.text }
        return VenueOrderList(
            id: try row.need("orderListId") { $0.venueId }, clientId: row["listClientOrderId"]?.text.flatMap { ClientOrderId($0) },
            symbol: symbol, kind: kind(contingency, legs: legs.count), status: try row.need("listOrderStatus") { $0.text }.listStatus,
            legs: legs, orders: orders, time: try row.may("transactionTime") { $0.moment })
    }

    /// An OTOCO is reported as an OTO with three legs.
    private static func kind(_ word: String, legs: Int) -> OrderListKind? {
        switch (word, legs) {
        case ("OCO", _): .oco
        case ("OTO", 3): .otoco
        case ("OTO", _): .oto
        default: nil
        }
    }
}

extension String {
    fileprivate var listStatus: VenueListStatus {
        let status = Words.listStatus(self)
        if case .unrecognised(let word) = status { return .unrecognised(SafeText.short(word, limit: 40)) }
        return status
    }
}
