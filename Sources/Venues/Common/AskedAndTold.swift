// What a venue tells, held against what it was asked: another side or another order than was meant may protect nothing.
package import Ports
package import Trading

extension VenueOrder {
    /// An order with another side, type or quantity is not what was asked for, and may protect nothing.
    package func hold(against side: Side, _ kind: OrderKind) throws(ExchangeError) {
        guard self.side.map({ $0 == side }) ?? true, type.map({ $0 == kind.type }) ?? true else {
            throw .malformed("another side or type than asked for")
        }
        // A receipt tells no quantity, and for an order by quote amount the venue decides it.
        if let quantity, let wanted = kind.quantity, quantity != wanted { throw .malformed("another quantity than asked for") }
    }
}

extension OrderReference {
    /// Whether this is the order that was meant.
    package func names(_ order: VenueOrder) -> Bool {
        switch name {
        case .client(let id): order.clientId == id
        case .venue(let id): order.id == id
        }
    }
    package func names(_ list: VenueOrderList) -> Bool {
        switch name {
        case .client(let id): list.clientId == id
        case .venue(let id): list.id == id
        }
    }
}
