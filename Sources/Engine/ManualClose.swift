// A person sells what is open, now, at the market. The same announce-send-settle as every other exit.
import Events
import Kernel
public import Market
import Ports
import Trading

public struct ManualClose: Sendable {
    let parts: Parts
    public init(_ parts: Parts) { self.parts = parts }

    /// Sells all of `symbol`, or of every open position. What a stop should have sold while nobody looked is sold at that
    /// stop first. Returns the symbols that were announced.
    public func close(_ symbol: Symbol?) async throws(EngineError) -> [Symbol] {
        _ = try await MinuteMonitor(parts).catchUp()
        var orders: [Order] = []
        do {
            let book = try parts.journal.book()
            let marks = await Marks(parts: parts).held(book, at: parts.clock.now), time = parts.clock.now
            try parts.journal.commit(at: time) { book in
                orders = book.main.openPositions.filter { symbol == nil || $0.symbol == symbol }.compactMap { position in
                    guard let holding = position.holding, position.act == .hold, !holding.remaining.isZero else { return nil }
                    return Order(
                        id: .exit(book.main.epoch, position.trade, number: holding.exitOrders + 1), trade: position.trade, symbol: position.symbol,
                        side: .sell, type: .market, role: .exit(.manual), quantity: holding.remaining,
                        referencePrice: book.main.value(of: position, marks: marks) ?? holding.entryPrice, tickSize: holding.instrument.tickSize,
                        createdAt: time, triggerCandle: judgedMinute(marks[position.symbol], time))
                }
                return orders.map { .orderSubmitted(OrderSubmitted(order: $0)) }
            }
            try await OrderExecutor(parts: parts).send(orders, marks: marks)
        } catch let error as JournalError {
            throw .journal(error)
        } catch let error as EngineError {
            throw error
        } catch {
            preconditionFailure("neither a journal nor an engine error: \(error)")
        }
        return orders.map(\.symbol)
    }

    /// A price that was held against others counts as it is; a single candle's may be contradicted.
    private func judgedMinute(_ mark: Price?, _ time: Timestamp) -> TriggerCandle? {
        guard parts.market.hasQuotes, mark != nil else { return nil }
        return TriggerCandle(openTime: time.floored(to: Timeframe.m1.duration), timeframe: .m1)
    }
}
