// The exchange of paper money: an order fills at the market's last price at its time, or
// at the level its trigger candle reached. The answer is a pure function of the journaled order and
// the candles, so sending and asking are the same question.
import Kernel
import Market
public import Ports
public import Trading

public struct PaperExchange: ExecutionClient {
    public let venue = "paper"
    private let market: any MarketFeed
    private let costs: FillCosts

    public init(market: any MarketFeed, costs: FillCosts) {
        self.market = market
        self.costs = costs
    }

    public func submit(_ order: Order) async -> ExecutionReport { await report(order) }
    public func query(_ order: Order) async -> ExecutionReport { await report(order) }

    private func report(_ order: Order) async -> ExecutionReport {
        do {
            guard let near = try await price(for: order) else { return .rejected("no closed candle of \(order.symbol) to fill at") }
            if isAbsurd(near, for: order) { return .rejected("\(near) is far from \(order.referencePrice), which it was decided at") }
            guard let fill = costs.fill(order, near: near, tick: order.tickSize, at: order.createdAt) else {
                return .rejected("\(near) less slippage is no price")
            }
            return .filled(fill)
        } catch {
            // A price that cannot be read now can be read later, and will be the same.
            return .unknown("\(error.source): \(error.detail)")
        }
    }

    /// If a venue may report a wrong price, nobody buys or sells at it. Elsewhere candles are all there is.
    private func isAbsurd(_ near: Price, for order: Order) -> Bool {
        guard market.hasQuotes, order.triggerCandle == nil else { return false }
        let decided = KnownRange(order.referencePrice, order.referencePrice), sanity = PriceSanity()
        // A position may have been looked at long ago.
        return order.side == .buy
            ? PriceSanity.difference(near, order.referencePrice) > sanity.shiftLimit : !decided.isNear(near, factor: sanity.wickFactor)
    }

    private func price(for order: Order) async throws(FeedError) -> Price? {
        order.triggerCandle != nil ? order.referencePrice : try await market.lastPrice(of: order.symbol, at: order.createdAt)
    }
}
