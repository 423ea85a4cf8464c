// Orders on an exchange, looked up and cancelled by hand.
import Kernel
package import Market
import Ports
package import Trading

extension ExchangeAccess {
    /// What became of one order.
    package func order(_ name: String, of pair: String) async throws -> VenueOrder {
        let exchange = try await signed()
        let reference = OrderReference(try await ExchangeText.rules(of: pair, exchange).symbol, try ExchangeText.orderName(name))
        return try await exchange.asked { try await exchange.order(reference) }
    }

    /// - Parameter pair: nil for all of them.
    package func openOrders(_ pair: String?) async throws -> OpenOrders {
        let exchange = try await signed()
        var wanted: Symbol?
        if let pair { wanted = try await ExchangeText.rules(of: pair, exchange).symbol }
        return try await exchange.asked { [wanted] in try await exchange.openOrders(wanted) }
    }

    /// - Parameter name: one order, with its list; nil for everything that is open on the pair.
    package func cancel(_ name: String?, of pair: String) async throws -> (symbol: Symbol, cancelled: [VenueOrder]) {
        let exchange = try await trading()
        let symbol = try await ExchangeText.rules(of: pair, exchange).symbol
        guard let name else { return (symbol, try await exchange.asked { try await exchange.cancelAll(symbol, .ordinary) }) }
        let reference = OrderReference(symbol, try ExchangeText.orderName(name))
        return (symbol, [try await exchange.asked { try await exchange.cancel(reference, .ordinary) }])
    }

    /// The newest executions on a pair.
    package func trades(_ pair: String) async throws -> (symbol: Symbol, trades: [VenueFill]) {
        let exchange = try await signed()
        let symbol = try await ExchangeText.rules(of: pair, exchange).symbol
        return (symbol, try await exchange.asked { try await exchange.fills(symbol, of: nil, since: nil) })
    }

    /// The account, and what its key may do: nil if the host cannot answer that, as test hosts cannot.
    package func account() async throws -> (account: VenueAccount, key: KeyRestrictions?, venue: String) {
        let exchange = try await signed()
        let account = try await exchange.asked { try await exchange.account() }
        return (account, try? await exchange.keyRestrictions(), exchange.venue)
    }

    /// An exchange's rules for one pair, and its clock. Needs no key.
    package func rules(_ pair: String) async throws -> (rules: InstrumentRules, clock: VenueClock, venue: String) {
        let exchange = try anonymous()
        let rules = try await ExchangeText.rules(of: pair, exchange)
        return (rules, try await exchange.asked { try await exchange.measureClock() }, exchange.venue)
    }
}
