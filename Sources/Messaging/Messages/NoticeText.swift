// What a person is told once and need not act on, in words.
import Events
import Kernel
import Market
import Trading

extension Notice {
    var words: String {
        switch self {
        case .writtenOff(let symbol, let trade, let quantity, let reason, let cost, let pnl):
            "\(symbol) was written off (\(trade), \(quantity) for nothing): \(reason). "
                + "It cost \(cost.text(places: 2)) \(symbol.quote) and came to \(pnl.text(places: 2))."
        case .modelsNearBudget(let used, let limit):
            "Models have used or reserved \(used.text(places: 2)) of today's \(limit) USD; "
                + "at the limit they are not asked until the next UTC day."
        case .outOfMoney(let vendor): "The \(vendor) account is out of money: its analysts abstain until it is topped up."
        case .keyRefused(let vendor): "\(vendor) refuses the key: its analysts abstain until there is a good one."
        case .clockCorrected(let newest, let why):
            "The journal has entries up to \(newest), which is still to come: \(why). "
                + "What would have waited for that moment was set back to now; positions are guarded."
        case .hoursMissed(let first, let last, let why): "no cycle from \(first) to \(last): \(why)"
        }
    }
}
