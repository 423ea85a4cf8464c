// Where orders meet the venue: each call becomes one thing learned, and never an error.
import Kernel
import Ports
import Trading

struct OrderDesk: Sendable {
    let exchange: any Exchange

    /// Sends an order once.
    func submit(_ order: Order) async -> OrderLife.Fact {
        do throws(ExchangeError) {
            return .found(await whole(try await exchange.submit(order.request, order.priority), order))
        } catch {
            return error.leavesOutcomeOpen ? .lost(error.words) : .refused(error.words)
        }
    }

    /// Asks what became of an order. nil if that teaches nothing: the venue does not have it, and it may still come.
    func ask(_ order: Order, at now: Timestamp) async -> OrderLife.Fact? {
        do throws(ExchangeError) {
            return .found(await whole(try await exchange.order(order.reference), order))
        } catch {
            guard case .rejected(let rejection) = error, rejection.reason == .unknownOrder else { return .lost(error.words) }
            return now >= order.absentFrom ? .absent : nil
        }
    }

    /// The order with all its executions, if the answer holds fewer than were executed. If these cannot be had now, they are
    /// asked for again with the order.
    private func whole(_ found: VenueOrder, _ order: Order) async -> VenueOrder {
        let told = found.trades.reduce(Quantity.zero) { $0 + $1.quantity }
        guard told < found.executedQuantity, exchange.capabilities.listsTrades,
            let fills = try? await exchange.fills(order.symbol, of: found.id, since: nil)
        else { return found }
        var found = found
        found.trades += fills.filter { fill in !found.trades.contains { $0.id == fill.id } }
        return found
    }
}

extension Order {
    var priority: RequestPriority { role == .entry ? .ordinary : .protective }
}

extension ExchangeError {
    /// The venue's own words where it has some.
    fileprivate var words: String {
        switch self {
        case .rejected(let rejection): rejection.detail
        case .rateLimited(let until): "asked too often, until \(until)"
        case .banned(let until): "banned until \(until)"
        case .authentication(let why), .clockSkew(let why), .unavailable(let why), .outcomeUnknown(let why), .malformed(let why),
            .unsupported(let why):
            why
        }
    }
}
