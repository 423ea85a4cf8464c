// A venue the suite runs on: its adapter, the world round it, and its books to be compared with what the adapter
// tells. One line in the registry makes another one known.
import Kernel
import Market
import Ports
import TestSupport
import Trading

protocol VenueUnderTest: Sendable {
    var exchange: any Exchange { get }
    /// The clock of both, told by the test.
    var clock: FakeClock { get }
    var terms: Terms { get }
    /// Requests that have left for the venue.
    var requests: Int { get }
    /// Only asked for what is in the registry's list of this venue.
    func arrange(_ circumstance: Circumstance) async throws
    /// What the venue itself has written down.
    func books() async throws -> VenueBooks
    func stop() async
}

/// What a case reckons with: the instrument, its price at the beginning, and an order that breaks no rule there,
/// neither whole nor by tenths.
struct Terms: Sendable {
    let symbol: Symbol
    let price: Price
    let quantity: Quantity
    let tick: FixedDecimal
    let lot: FixedDecimal

    /// So many percent from the price, on the grid.
    func price(_ percent: Int) -> Price {
        price.moved(by: Ratio(FixedDecimal(percent).times("0.01", rounding: .nearest)), tick: tick, .nearest) ?? price
    }
    /// So many percent of the quantity, in whole lots.
    func part(_ percent: Int) -> Quantity { quantity.portion(Ratio(FixedDecimal(percent).times("0.01", rounding: .nearest)), lot: lot) }
}

struct VenueBooks: Sendable {
    struct Order: Sendable {
        let clientId: ClientOrderId
        let isOpen: Bool
        let executed: Quantity
    }
    /// Money conserved, locks and fills agreeing with orders and trades.
    let isSound: Bool
    let free: [Currency: FixedDecimal]
    let locked: [Currency: FixedDecimal]
    /// All ever taken, oldest first.
    let orders: [Order]

    func taken(_ id: ClientOrderId) -> Int { orders.count { $0.clientId == id } }
    func total(_ currency: Currency) -> FixedDecimal { (free[currency] ?? .zero) + (locked[currency] ?? .zero) }
}

/// A venue as the registry lists it.
struct RegisteredVenue: Sendable {
    let name: String
    let capabilities: VenueCapabilities
    let arranges: Set<Circumstance.Kind>
    /// Numbers of the cases it plays; nil: all. The suite fails where this and its capabilities differ.
    let plays: Set<String>?
    let open: @Sendable () async throws -> any VenueUnderTest
}
