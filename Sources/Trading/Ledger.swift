// Double entry: every movement is a set of postings that sums to zero in each asset. What comes into
// `assets` leaves another account, so money can neither appear nor vanish unnoticed.
public import Kernel
import Market

public enum LedgerAccount: String, Codable, Sendable, CaseIterable {
    /// What is owned.
    case assets
    /// The other side of deposits and withdrawals.
    case capital
    /// The other side of trades: what was given against what was taken.
    case trading
    case fees
    /// What cannot be sold: remainders below a lot, and what a person wrote off.
    case dust
}

public struct Posting: Hashable, Codable, Sendable {
    public let account: LedgerAccount
    public let asset: Currency
    public let amount: FixedDecimal
    public init(_ account: LedgerAccount, _ asset: Currency, _ amount: FixedDecimal) {
        self.account = account
        self.asset = asset
        self.amount = amount
    }
}

public enum Postings {
    /// Two postings that move `amount` between accounts.
    static func move(_ amount: FixedDecimal, of asset: Currency, from: LedgerAccount, to: LedgerAccount) -> [Posting] {
        [Posting(to, asset, amount), Posting(from, asset, -amount)]
    }

    public static func deposit(_ money: Money) -> [Posting] {
        move(money.amount, of: money.currency, from: .capital, to: .assets)
    }

    public static func withdrawal(_ money: Money) -> [Posting] {
        move(money.amount, of: money.currency, from: .assets, to: .capital)
    }

    /// A fill with its fee, whatever asset the fee is in.
    public static func fill(_ fill: Fill) -> [Posting] {
        let base = fill.symbol.base, quote = fill.symbol.quote
        let legs =
            switch fill.side {
            case .buy:
                move(fill.quantity.value, of: base, from: .trading, to: .assets)
                    + move(fill.notional.amount, of: quote, from: .assets, to: .trading)
            case .sell:
                move(fill.quantity.value, of: base, from: .assets, to: .trading)
                    + move(fill.notional.amount, of: quote, from: .trading, to: .assets)
            }
        return legs + (fill.fee.amount.isZero ? [] : move(fill.fee.amount, of: fill.fee.currency, from: .assets, to: .fees))
    }

    public static func dust(_ quantity: Quantity, of asset: Currency) -> [Posting] {
        dust(changing: quantity.value, of: asset)
    }

    /// - Parameter amount: below zero if dust has become whole lots.
    public static func dust(changing amount: FixedDecimal, of asset: Currency) -> [Posting] {
        amount.isZero ? [] : move(amount, of: asset, from: .assets, to: .dust)
    }
}

/// Balances per account and asset, folded from postings.
public struct Ledger: Hashable, Codable, Sendable {
    /// Keyed `account:ASSET`; zero balances are dropped.
    private var balances: [String: FixedDecimal] = [:]

    public init() {}

    public mutating func post(_ postings: [Posting]) {
        for posting in postings {
            let key = Self.key(posting.account, posting.asset)
            let balance = balances[key, default: .zero] + posting.amount
            balances[key] = balance.isZero ? nil : balance
        }
    }

    public func balance(_ account: LedgerAccount, _ asset: Currency) -> FixedDecimal {
        balances[Self.key(account, asset), default: .zero]
    }

    /// What is owned, in the assets' order.
    public var holdings: [(asset: Currency, amount: FixedDecimal)] {
        let prefix = LedgerAccount.assets.rawValue + ":"
        return balances.sorted { $0.key < $1.key }.compactMap { key, amount in
            key.hasPrefix(prefix) ? Currency(String(key.dropFirst(prefix.count))).map { ($0, amount) } : nil
        }
    }

    private static func key(_ account: LedgerAccount, _ asset: Currency) -> String { "\(account.rawValue):\(asset)" }
}
