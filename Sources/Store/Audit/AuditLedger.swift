// What each entry should have posted, from its facts alone: money moved, fills and dust. Compared with
// what it did post, per account and asset, so that an error that a later one undoes is still two errors.
import Kernel
import Trading

struct AuditLedger {
    struct Key: Hashable {
        let account: String
        let asset: String
    }
    typealias Amounts = [Key: FixedDecimal]

    /// Folded from what was posted.
    private(set) var balances: Amounts = [:]

    func balance(_ account: String, _ asset: String) -> FixedDecimal { balances[Key(account: account, asset: asset), default: .zero] }

    /// Posts `postings` of entry `sequence` and writes down what does not sum to zero or is not `implied`.
    mutating func post(_ postings: [AuditRows.Posting], implied: Amounts, _ sequence: Int64, _ result: inout JournalAudit.Result) {
        var posted: Amounts = [:], sums: [String: FixedDecimal] = [:]
        for posting in postings {
            let key = Key(account: posting.account, asset: posting.asset)
            posted[key, default: .zero] += posting.amount.value
            sums[posting.asset, default: .zero] += posting.amount.value
        }
        for (asset, sum) in sums.sorted(by: { $0.key < $1.key }) {
            result.differ(sum, sequence, "postings leave \(sum) \(asset) over")
        }
        let keys = Set(posted.keys).union(implied.keys).sorted { ($0.account, $0.asset) < ($1.account, $1.asset) }
        for key in keys {
            let (found, wanted) = (posted[key, default: .zero], implied[key, default: .zero])
            result.differ(found - wanted, sequence, "posts \(found) \(key.asset) to \(key.account), where \(wanted) follows from its facts")
            balances[key, default: .zero] += found
        }
    }

    /// Adds a move of `amount` out of one account and into another.
    static func move(_ amount: FixedDecimal, _ asset: String, from: String, to: String, _ amounts: inout Amounts) {
        guard !amount.isZero else { return }
        amounts[Key(account: to, asset: asset), default: .zero] += amount
        amounts[Key(account: from, asset: asset), default: .zero] -= amount
    }

    /// A trade swaps base and quote; its fee leaves in whatever asset it was charged.
    static func implied(by fill: AuditFill) -> Amounts {
        var amounts: Amounts = [:]
        let (base, quote) = (fill.pair.base, fill.pair.quote)
        move(fill.quantity, base, from: fill.isBuy ? "trading" : "assets", to: fill.isBuy ? "assets" : "trading", &amounts)
        move(fill.notional, quote, from: fill.isBuy ? "assets" : "trading", to: fill.isBuy ? "trading" : "assets", &amounts)
        move(fill.fee, fill.feeAsset, from: "assets", to: "fees", &amounts)
        return amounts
    }
}

/// A fill's numbers, with the notional rounded against us at twelve places.
struct AuditFill {
    let pair: AuditPair
    let isBuy: Bool
    let quantity: FixedDecimal
    let notional: FixedDecimal
    let fee: FixedDecimal
    let feeAsset: String

    /// nil if the row names no pair or side, or its numbers make no sense.
    init?(_ row: AuditRows.Fill) {
        guard let pair = AuditPair(row.symbol), row.side == "buy" || row.side == "sell",
            row.quantity.value.isPositive, row.price.value.isPositive,
            let notional = row.quantity.value.checkedTimes(row.price.value, rounding: row.side == "buy" ? .up : .down),
            notional < AuditAmount.limit
        else { return nil }
        self.pair = pair
        isBuy = row.side == "buy"
        quantity = row.quantity.value
        self.notional = notional
        fee = row.fee.amount.value
        feeAsset = row.fee.currency
    }

    var baseFee: FixedDecimal { feeAsset == pair.base ? fee : .zero }
    var quoteFee: FixedDecimal { feeAsset == pair.quote ? fee : .zero }
}
