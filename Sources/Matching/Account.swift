// Free and locked money of one account. Promise: neither is ever below zero, but for the market's.
public import Kernel
import Trading

/// What an account has of one currency.
public struct AccountBalance: Hashable, Sendable {
    public let currency: Currency
    public internal(set) var free: FixedDecimal
    /// Behind open orders.
    public internal(set) var locked: FixedDecimal
    public var total: FixedDecimal { free + locked }
}

struct Account: Hashable, Sendable {
    let fees: FeeSchedule
    let isLimited: Bool
    private var holdings: [Currency: AccountBalance] = [:]
    /// The newest order, and the newest list, of each client id.
    var orders: [ClientOrderId: Int64] = [:]
    var lists: [ClientOrderId: Int64] = [:]
    /// Ids of lists that are not done, ascending.
    var openLists: [Int64] = []

    init(fees: FeeSchedule, isLimited: Bool, balances: [Currency: FixedDecimal] = [:]) {
        precondition(balances.values.allSatisfy { !$0.isNegative }, "an account opens with nothing below zero")
        self.fees = fees
        self.isLimited = isLimited
        for (currency, amount) in balances { holdings[currency] = AccountBalance(currency: currency, free: amount, locked: .zero) }
    }

    subscript(currency: Currency) -> AccountBalance {
        holdings[currency] ?? AccountBalance(currency: currency, free: .zero, locked: .zero)
    }

    /// In the order of the currencies' names.
    var balances: [AccountBalance] { holdings.values.sorted { $0.currency < $1.currency } }

    /// Adds to the free amount, or takes from it.
    mutating func credit(_ amount: FixedDecimal, _ currency: Currency) {
        var balance = self[currency]
        balance.free = balance.free + amount
        precondition(!isLimited || !balance.free.isNegative, "an account paid more \(currency) than it had free")
        holdings[currency] = balance
    }

    /// Moves from free to locked; a negative amount moves back.
    mutating func lock(_ amount: FixedDecimal, _ currency: Currency) {
        guard !amount.isZero else { return }
        var balance = self[currency]
        balance.free = balance.free - amount
        balance.locked = balance.locked + amount
        precondition(!balance.free.isNegative && !balance.locked.isNegative, "an account locked or unlocked more \(currency) than it had")
        holdings[currency] = balance
    }
}
