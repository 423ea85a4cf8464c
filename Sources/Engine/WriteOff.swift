// A person gives up what can never be sold: the pair is gone, or its coins are. Sales still on their way are called off,
// the coins leave for nothing, and the trade is closed with the loss it came to.
import Events
public import Kernel
public import Market
import Ports
import Trading

public struct WriteOff: Sendable {
    let parts: Parts
    public init(_ parts: Parts) { self.parts = parts }

    public enum Outcome: Hashable, Sendable {
        case writtenOff(pnl: FixedDecimal)
        /// Not given up: it has a price, and no sale of it has failed.
        case sellable(at: Price)
        /// Not given up: it has no price in this very moment, and nobody has tried to sell it or waited for one.
        case untried
        /// Meanwhile sold, or never open.
        case notOpen
    }

    public func writeOff(_ symbol: Symbol, reason: String) async throws(EngineError) -> Outcome {
        _ = try await MinuteMonitor(parts).catchUp()
        let time = parts.clock.now
        var outcome = Outcome.notOpen
        do {
            let price = await Marks(parts: parts).held(try parts.journal.book(), at: time)[symbol]
            try parts.journal.commit(at: time) { book in
                outcome = .notOpen
                guard let position = book.main.position(symbol), let holding = position.holding else { return [] }
                if let price, book.trouble(.unsellable, symbol.description) == nil {
                    outcome = .sellable(at: price)
                    return []
                }
                // A minute without an answer is no reason to give anything up.
                guard hasLasted(symbol, book) else {
                    outcome = .untried
                    return []
                }
                var writer = EventWriter(book: book, time: time)
                outcome = .writtenOff(pnl: giveUp(position, holding, reason, &writer))
                return writer.events
            }
        } catch { throw .journal(error) }
        return outcome
    }

    /// A sale has failed, or a message has said that its price cannot be read.
    private func hasLasted(_ symbol: Symbol, _ book: Book) -> Bool {
        book.trouble(.unsellable, symbol.description) != nil || book.trouble(.blind, symbol.description)?.isTold == true
    }

    private func giveUp(_ position: Position, _ holding: Holding, _ reason: String, _ writer: inout EventWriter) -> FixedDecimal {
        let symbol = position.symbol
        for order in writer.book.main.pendingSales where order.trade == position.trade {
            writer.write(.orderChanged(OrderChanged(order: order.id, event: .confirmCancel, detail: "written off: \(reason)")))
        }
        writer.write(.positionWrittenOff(PositionWrittenOff(trade: position.trade, symbol: symbol, quantity: holding.remaining, reason: reason)))
        guard let after = writer.book.main.position(symbol),
            let closed = TradeClosed(position: after, last: nothing(for: holding, position, writer.book.main.epoch), time: writer.time)
        else { return .zero }
        writer.write(.tradeClosed(closed))
        writer.say(
            .notice(
                .writtenOff(
                    symbol, position.trade, holding.remaining, reason: reason, cost: closed.cost, pnl: closed.pnl)))
        for kind in [TroubleKind.unsellable, .blind, .disputed] { writer.end(kind, symbol.description, how: "written off") }
        return closed.pnl
    }

    /// The last exit of a trade that has none: no price is lower than one tick.
    private func nothing(for holding: Holding, _ position: Position, _ epoch: Epoch) -> PositionReduced {
        PositionReduced(
            trade: position.trade, order: .exit(epoch, position.trade, number: holding.exitOrders + 1), reason: .writtenOff,
            quantity: holding.remaining, price: Price(holding.instrument.tickSize) ?? holding.entryPrice,
            fee: Money(.zero, position.symbol.quote), proceeds: .zero, remaining: .zero)
    }
}
