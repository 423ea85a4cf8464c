// What an exit says of the part that could not be sold.
import Events
import Kernel
import Market
import Testing
import Trading

@testable import Messaging

@Suite("Words of an exit")
struct ExitTextTests {
    private let symbol = Symbol("LINK/USDT")!
    private let time = Timestamp(iso8601: "2026-01-05T14:03:00Z")!

    private func text(dust: Quantity, share: Ratio) -> String {
        let closed = TradeClosed(
            trade: TradeId(1), symbol: symbol, cycle: CycleId(hour: time), panel: "indicators", openedAt: time, closedAt: time + .hours(2),
            entryPrice: Price("14")!, exitPrice: Price("13.5")!, quantity: Quantity("1.1")!, conviction: .one, isProbe: false, stop: Price("13.5")!,
            targets: [], exits: [.stopLoss], cost: "15.4", proceeds: "14.8", fees: "0.03", pnl: "-0.6", rMultiple: .one, outcome: 0)
        let notice = ExitNotice(
            trade: TradeId(1), symbol: symbol, quote: .usdt, tick: "0.01", reason: .stopLoss, quantity: Quantity("1.1")!,
            price: Price("13.5")!, pnl: "-0.6", pnlShare: .zero, remaining: .zero, trailingOffset: nil, isTrailing: false, closed: closed,
            dust: dust, dustShare: share)
        return MessageRenderer(zone: .utc).text(of: .exit(notice)).plain
    }

    @Test("a loss that dust is a part of names the dust and its share of what was bought")
    func dust() {
        #expect(text(dust: Quantity("0.0099")!, share: Ratio("0.009")).hasSuffix("0.0099 (0.90 %) less than a lot and counted as lost"))
    }

    @Test("dust below a tenth of a percent is not worth words")
    func little() {
        #expect(!text(dust: Quantity("0.00001")!, share: Ratio("0.00001")).contains("lot"))
        #expect(!text(dust: .zero, share: .zero).contains("lot"))
    }
}
