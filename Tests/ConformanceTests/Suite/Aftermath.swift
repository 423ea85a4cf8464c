// What must hold when a case is over, whatever it was about: the venue's books are sound, the port tells what is
// in them, and the trades folded from the opening balances are the balances.
import Kernel
import Market
import Ports
import Testing
import Trading

struct Aftermath {
    let trial: Trial
    let opening: VenueBooks

    func check(_ ending: ConformanceCase.Ending) async throws {
        let books = try await trial.venue.books()
        #expect(books.isSound, "the venue's own audit")
        guard ending != .silent else { return }
        let symbol = trial.symbol
        let account = try await trial.exchange.account()
        for currency in [symbol.base, symbol.quote] {
            let told = account.balance(of: currency)
            #expect(
                told?.free ?? .zero == books.free[currency] ?? .zero && told?.locked ?? .zero == books.locked[currency] ?? .zero,
                "balance of \(currency)")
        }
        let open = try await trial.openOrders()
        #expect(Set(open.map(\.clientId)) == Set(books.orders.filter(\.isOpen).map(\.clientId)), "open orders")
        guard ending == .whole, trial.exchange.capabilities.listsTrades else { return }
        let trades = try await trial.exchange.fills(symbol, of: nil, since: nil)
        #expect(trades.quantity == books.orders.reduce(.zero) { $0 + $1.executed.value }, "executed and listed")
        for currency in [symbol.base, symbol.quote] {
            #expect(trades.reduce(opening.total(currency)) { $0 + $1.effect(on: currency) } == books.total(currency), "fold of \(currency)")
        }
    }
}

extension VenueFill {
    /// What this execution does to a balance, its fee included.
    func effect(on currency: Currency) -> FixedDecimal {
        let notional = quantity.value.times(price.value, rounding: .down)
        var effect = FixedDecimal.zero
        if currency == symbol.base { effect = side == .buy ? quantity.value : -quantity.value }
        if currency == symbol.quote { effect = side == .buy ? -notional : notional }
        return fee.currency == currency ? effect - fee.amount : effect
    }
}
