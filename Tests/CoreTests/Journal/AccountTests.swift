// Several accounts in one book: each has money, orders, positions and breakers of its own.
import Market
import Risk
import Testing

@testable import Events
@testable import Kernel
@testable import Trading

@Suite("Accounts in the book")
struct AccountTests {
    private let live = AccountId("live")
    private var opened: AccountOpened { AccountOpened(account: live, venue: "binance", epoch: Epoch(of: "live", at: fourteen), quote: .usdt) }

    /// Paper with 1000, and a second account with 50.
    private func two() throws -> Story {
        var story = Story("1000")
        story.tell(.accountOpened(opened))
        story.tell(.cashMoved(CashMoved(amount: Money("50", .usdt), reason: "test", account: live)))
        return story
    }

    @Test("money that moves in one does not move in the other, and an event that names none is the journal's own")
    func money() throws {
        var story = try two()
        story.move("5")
        let book = story.book
        #expect(book.accounts.map(\.id) == [.paper, live] && book.main.cash == "1005" && book.accounts[1].cash == "50")
        #expect(book.accounts[1].epoch == opened.epoch && book.main.baselines.deposited == "1005")
    }

    @Test("both may hold the same instrument, and an answer belongs to whoever's order it is")
    func positions() throws {
        var story = try two()
        story.buy(coinRules, "1")
        let order = Order(
            id: .entry(opened.epoch, TradeId(2)), trade: TradeId(2), symbol: coin, side: .buy, type: .market, role: .entry,
            quantity: Quantity("0.2")!, referencePrice: Price("100")!, createdAt: fourteen)
        let position = pendingPosition(trade: 2, order: order.id)
        story.tell(.orderSubmitted(OrderSubmitted(order: order, position: position, account: live)))
        let before = story.book.main
        let fill = Fill(
            id: "7", order: order.id, symbol: coin, side: .buy, quantity: order.quantity, price: Price("100")!, fee: Money(.zero, .usdt),
            time: fourteen)
        story.tell(.orderChanged(OrderChanged(order: order.id, event: .completeFill, fill: fill)))
        let entry = try #require(Holding(position: position, entry: Executed(fill)))
        story.tell(.positionOpened(PositionOpened(trade: TradeId(2), symbol: coin, holding: entry)))
        let book = story.book
        #expect(book.main == before && book.main.position(coin)?.trade == TradeId(1))
        #expect(book.accounts[1].position(coin)?.trade == TradeId(2) && book.accounts[1].cash == "30" && book.nextTrade == 3)
    }

    @Test("a breaker of one keeps only that one from buying, and its reset only that one's losses")
    func breakers() throws {
        var story = try two()
        story.tell(.breakerTripped(BreakerTripped(breaker: .streak, cause: .lossesInARow(3), until: nil, account: live)))
        #expect(story.book.main.breakers.isEmpty && story.book.accounts[1].breakers.count == 1)
        story.tell(.breakerReset(BreakerReset(breaker: .streak, reason: "looked", account: live)))
        #expect(story.book.accounts[1].breakers.isEmpty)
    }

    @Test("what a breaker said before the journal had an identity still holds when it has one")
    func early() throws {
        var book = Book()
        try book.apply(.breakerTripped(BreakerTripped(breaker: .critical, cause: .said("its end is missing"), until: nil)), at: fourteen)
        try book.apply(.journalOpened(JournalOpened(world: "w", start: nil, mode: "paper", quote: .usdt)), at: fourteen)
        #expect(book.main.activeBreakers(at: fourteen).map(\.name) == [.critical])
    }

    @Test("a position is being left exactly while one of its sales may still fill, also one that had ended and lives again")
    func acts() throws {
        var story = Story("1000")
        story.buy(coinRules, "1")
        let position = try #require(story.book.main.position(coin)), holding = try #require(position.holding)
        let sale = Order(
            id: .exit(.none, position.trade, number: 1), trade: position.trade, symbol: coin, side: .sell, type: .stopLoss, role: .exit(.stopLoss),
            quantity: holding.remaining, referencePrice: holding.bracket.stop, createdAt: story.time)
        func act() -> PositionAct? { story.book.main.position(coin)?.act }
        #expect(act() == .hold)
        story.tell(.orderSubmitted(OrderSubmitted(order: sale)))
        #expect(act() == .exiting(.stopLoss))
        for (event, left) in [(OrderEvent.loseAnswer, true), (.confirmAbsent, false), (.accept, true), (.confirmCancel, false)] {
            story.tell(.orderChanged(OrderChanged(order: sale.id, event: event)))
            #expect((act() == .exiting(.stopLoss)) == left, "\(event)")
        }
    }

    @Test("an event of an account that was never opened contradicts the book")
    func unknown() {
        var book = Story("1000").book
        let moved = CashMoved(amount: Money("1", .usdt), reason: "test", account: AccountId("nobody"))
        #expect(throws: Contradiction.noSuchAccount(AccountId("nobody"))) { try book.apply(.cashMoved(moved), at: fourteen) }
    }

    @Test("an account that is opened again goes on with its money under a new epoch, and ids of two epochs never meet")
    func reopened() throws {
        var story = try two()
        let again = AccountOpened(account: live, venue: "binance", epoch: Epoch(of: "live", at: fourteen + .hours(1)), quote: .usdt)
        story.tell(.accountOpened(again))
        #expect(story.book.accounts[1].cash == "50" && story.book.accounts[1].epoch == again.epoch && again.epoch != opened.epoch)
        let epochs = Set((0..<5_000).map { Epoch(of: "live", at: fourteen + .seconds($0)).text })
        #expect(epochs.count > 4_990 && epochs.allSatisfy { $0.count == 5 && $0.allSatisfy { $0.isNumber || ("a"..."v").contains($0) } })
        #expect(ClientOrderId.entry(again.epoch, TradeId(3)).text == "C\(again.epoch)T0003E1")
        #expect(ClientOrderId.exit(again.epoch, TradeId(1_234_567), number: 99).isPortable)
    }
}
