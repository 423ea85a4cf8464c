// A spot venue's matching core as one value: many symbols, several accounts, price-time priority. Time is
// given with each call. Promises: the same calls give the same state; free and locked money of all accounts
// together never changes; a refused request leaves no trace.
public import Kernel
public import Market
public import Trading

/// Money is created by `openAccount` alone and moves by trades and fees alone. Each mutating call is one
/// operation: the act itself, then pending lists whose working order filled (first in, first out), then due
/// triggers (lowest id first), one at a time and each fully matched, until nothing is left to do.
public struct MatchingCore: Hashable, Sendable {
    var markets: [Market] = []
    var marketIndex: [Symbol: Int] = [:]
    var accounts: [ParticipantId: Account] = [
        .market: Account(fees: .free, isLimited: false),
        .fees: Account(fees: .free, isLimited: true)
    ]
    /// Order `id` is at `id - 1`; nothing is ever removed. Lists likewise.
    var orders: [OrderRecord] = []
    var lists: [OrderListRecord] = []
    /// Lists whose working order filled in this operation.
    var activations: [Int64] = []
    /// The latest moment given.
    public private(set) var now = Timestamp(milliseconds: 0)

    public init(rules: [InstrumentRules]) {
        for rules in rules { setRules(rules) }
    }

    /// Adds a symbol or changes its rules. Nothing is matched or triggered by it; open orders stay as they are.
    public mutating func setRules(_ rules: InstrumentRules) {
        if let index = marketIndex[rules.symbol] {
            markets[index].changeRules(rules)
        } else {
            marketIndex[rules.symbol] = markets.count
            markets.append(Market(rules))
        }
    }

    /// Opens an account, numbered 1 or above, with so much of each currency.
    public mutating func openAccount(_ id: ParticipantId, balances: [Currency: FixedDecimal], fees: FeeSchedule) {
        precondition(id.number > 0 && accounts[id] == nil, "an account is opened once, with a number above zero")
        accounts[id] = Account(fees: fees, isLimited: true, balances: balances)
    }

    /// Sets the last price without a trade, and fires what it triggers.
    public mutating func setLastPrice(_ symbol: Symbol, _ price: Price, at time: Timestamp) throws(Refusal) {
        advance(to: time)
        let market = try index(of: symbol)
        markets[market].lastPrice = price
        settleAftermath(in: market)
    }

    /// Time does not go back: an earlier moment counts as the latest one given.
    mutating func advance(to time: Timestamp) { now = max(now, time) }

    func index(of symbol: Symbol) throws(Refusal) -> Int {
        guard let index = marketIndex[symbol] else { throw .unknownSymbol }
        return index
    }
}

extension Int64 {
    /// Where the order or list with this id is kept.
    var slot: Int { Int(self) - 1 }
}
