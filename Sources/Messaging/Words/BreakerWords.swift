// Why a breaker tripped, in words.
import Kernel
import Market
public import Risk
import Trading

extension BreakerCause {
    public var words: String {
        switch self {
        case .lossesInARow(let count): "\(count) losses in a row"
        case .dayLost(let lost, let share, let limit, let shareLimit):
            "\(lost.amount.text(places: 2)) \(lost.currency) = \(share.percent(2)) % lost today, "
                + "limits \(limit.text(places: 2)) and \(shareLimit.percent(0)) %"
        case .fallen(let below, let limit): "\(below.percent(2)) % below the highest equity, limit \(limit.percent(0)) %"
        case .unsold(let symbol, let order, let why): "\(symbol) could not be sold (\(order)): \(why)"
        case .unlisted(let quantity, let order, let venue): "\(quantity) of \(order) were executed, and \(venue) does not list how"
        case .contradiction(let order, let ordered, let contradiction): contradiction.words(order, ordered)
        case .boughtAfterEnd(let symbol, let order): "\(symbol) was bought (\(order)) after its trade had ended; sell it at the venue"
        case .unguarded(let symbol, let order): "\(symbol) was bought (\(order)) but no bracket fits it; sell it at the venue"
        case .oversold(let sold, let order, let trade): "\(sold.amount) \(sold.currency) were sold (\(order)), more than trade \(trade) held"
        case .said(let words): words
        }
    }
}

extension OrderContradiction {
    fileprivate func words(_ order: ClientOrderId, _ ordered: Quantity) -> String {
        switch self {
        case .gone(let status, let why): "\(order) was \(status.rawValue) and is now said to be gone: \(why)"
        case .aliveAfterItsEnd(let status): "\(order) was \(status.rawValue) and is alive all the same"
        case .filledAfterItsEnd(let status): "\(order) was \(status.rawValue) and filled all the same"
        case .filledBeyond(let quantity): "\(order) was for \(ordered) and filled \(quantity)"
        }
    }
}
