// A person gives up what can never be sold: the pair is gone, or its coins are. What is still on its way is called off,
// the coins leave for nothing, and the trade is closed with the loss it came to.
import Domain
import Ports

public struct WriteOff: Sendable {
    let parts: Parts
    public init(_ parts: Parts) { self.parts = parts }

    public enum Outcome: Hashable, Sendable {
        case writtenOff(pnl: FixedDecimal)
        /// Not given up: it has a price, and no sale of it has failed.
        case sellable(at: Price)
        /// Meanwhile sold, or never open.
        case notOpen
    }

    public func writeOff(_ symbol: Symbol, reason: String) async throws(EngineError) -> Outcome {
        _ = try await MinuteMonitor(parts).catchUp()
        let time = parts.clock.now
        let price = await Marks(parts: parts).prices(of: [symbol], at: time)[symbol]
        var outcome = Outcome.notOpen
        do {
            try parts.journal.commit(at: time) { book in
                outcome = .notOpen
                guard let position = book.position(symbol), let holding = position.holding else { return [] }
                if let price, book.trouble(.unsellable, symbol.description) == nil {
                    outcome = .sellable(at: price)
                    return []
                }
                var writer = EventWriter(book: book, time: time, render: parts.render)
                outcome = .writtenOff(pnl: giveUp(position, holding, reason, &writer))
                return writer.events
            }
        } catch { throw .journal(error) }
        return outcome
    }

    private func giveUp(_ position: Position, _ holding: Holding, _ reason: String, _ writer: inout EventWriter) -> FixedDecimal {
        let symbol = position.symbol
        for order in writer.book.pendingSales where order.trade == position.trade {
            writer.write(.orderChanged(OrderChanged(order: order.id, event: .confirmCancel, detail: "written off: \(reason)")))
        }
        writer.write(.positionWrittenOff(PositionWrittenOff(trade: position.trade, symbol: symbol, quantity: holding.remaining, reason: reason)))
        guard let after = writer.book.position(symbol), let closed = TradeClosed(position: after, last: nothing(for: holding, position), time: writer.time) else { return .zero }
        writer.write(.tradeClosed(closed))
        writer.say(.notice("\(symbol) was written off (\(position.trade), \(holding.remaining) for nothing): \(reason). "
            + "It cost \(closed.cost.text(places: 2)) \(symbol.quote) and came to \(closed.pnl.text(places: 2))."))
        for kind in [TroubleKind.unsellable, .blind, .disputed] { writer.end(kind, symbol.description, how: "written off") }
        return closed.pnl
    }

    /// The last exit of a trade that has none: no price is lower than one tick.
    private func nothing(for holding: Holding, _ position: Position) -> PositionReduced {
        PositionReduced(trade: position.trade, order: .exit(trade: position.trade, number: holding.exitOrders + 1), reason: .writtenOff,
                        quantity: holding.remaining, price: Price(holding.instrument.tickSize) ?? holding.entryPrice,
                        fee: Money(.zero, position.symbol.quote), proceeds: .zero, remaining: .zero)
    }
}
