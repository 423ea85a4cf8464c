// Several codes (-1010, -1013, -2010, -2011) stand for many refusals, told apart by their words alone.
import Kernel
import Ports
import Trading

enum RejectionReading {
    /// Part of the message, in lower case, and what it means. The first that fits counts.
    private static let words: [(String, Rejection.Reason)] = [
        ("insufficient balance", .insufficientFunds),
        ("duplicate order", .duplicateClientId),
        ("trigger immediately", .wouldTriggerImmediately),
        // For a list: a leg stands on the wrong side of the market.
        ("relationship of the prices", .wouldTriggerImmediately),
        ("immediately match", .wouldMatchImmediately),
        ("market is closed", .marketClosed),
        ("not permitted for this account", .marketClosed),
        ("restricted for this account", .marketClosed),
        ("unknown order", .unknownOrder),
        ("origclordid and orderid", .unknownOrder),
        ("too many", .tooManyOrders),
        ("liquidity is less than lot_size", .filter(.lot)),
        ("liquidity is less than market_lot_size", .filter(.marketLot)),
        ("liquidity is less than symbol minimum", .filter(.lot)),
        ("price * qty is zero", .filter(.notional)),
        ("not support", .invalidParameter),
        ("unsupported order combination", .invalidParameter),
        ("icebergqty exceeds", .invalidParameter),
        ("invalid quantity", .invalidParameter),
        ("invalid price", .invalidParameter)
    ]

    static func reason(_ code: Int64, _ message: String) -> Rejection.Reason {
        let lower = message.lowercased()
        if let range = lower.firstRange(of: "filter failure:") {
            return filter(message[range.upperBound...].drop { $0 == " " }.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        }
        // Nothing was cancelled though something is open.
        if lower.contains("cancel restrictions") { return .other }
        if let known = words.first(where: { lower.contains($0.0) }) { return known.1 }
        return code == -2_011 ? .unknownOrder : .other
    }

    private static func filter(_ name: Substring) -> Rejection.Reason {
        if let known = Words.filter(String(name)) { return .filter(known) }
        switch name {
        case "MIN_NOTIONAL": return .filter(.notional)
        case "EXCHANGE_MAX_NUM_ORDERS", "EXCHANGE_MAX_NUM_ALGO_ORDERS", "EXCHANGE_MAX_NUM_ORDER_LISTS": return .tooManyOrders
        default: return .unnamedFilter(SafeText.short(String(name), limit: 40))
        }
    }
}
