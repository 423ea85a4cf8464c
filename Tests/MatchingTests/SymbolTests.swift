// Several symbols share accounts, order ids and money, and nothing else.
import Market
import Testing
import Trading

@testable import Matching

@Suite("Several symbols")
struct SymbolTests {
    static let ether = Symbol("ETH/USDT")!

    static func desk() -> Desk {
        var desk = Desk()
        desk.core.setRules(openRules(ether))
        return desk
    }

    static func buy(_ id: String, _ quantity: String) -> OrderRequest {
        OrderRequest(id: client(id), symbol: ether, side: .buy, kind: limit(quantity, "100"))
    }

    @Test("order ids run over all symbols, trade ids in each, and open orders come in the order of ids")
    func ids() throws {
        var desk = Self.desk()
        try desk.place(ann, .buy, limit("1", "100"))
        _ = try desk.core.place(Self.buy("x", "1"), for: ann, at: desk.tick())
        try desk.place(ann, .buy, limit("1", "99"))
        desk.core.openAccount(ParticipantId(4), balances: [Self.ether.base: d("5")], fees: .free)
        _ = try desk.core.place(
            OrderRequest(id: client("s"), symbol: Self.ether, side: .sell, kind: market("0.5")), for: ParticipantId(4), at: desk.tick())
        try desk.place(ben, .sell, market("0.5"))
        #expect(desk.core.openOrders(ann).map(\.id) == [1, 2, 3] && desk.core.openOrders(ann, Self.ether).map(\.id) == [2])
        #expect(desk.core.allTrades(pair).map(\.id) == [1] && desk.core.allTrades(Self.ether).map(\.id) == [1])
        #expect(desk.core.symbols == [pair, Self.ether])
    }

    @Test("what one symbol locks is missing in the other, and a client id is taken in both")
    func shared() throws {
        var desk = Self.desk()
        try desk.place(ann, .buy, limit("600", "100"), id: "same")
        #expect(throws: Refusal.insufficientBalance) { try desk.core.place(Self.buy("y", "401"), for: ann, at: desk.tick()) }
        #expect(throws: Refusal.duplicateOrder) { try desk.core.place(Self.buy("same", "1"), for: ann, at: desk.tick()) }
        #expect(throws: Never.self) { try desk.core.place(Self.buy("y", "400"), for: ann, at: desk.tick()) }
    }

    @Test("a symbol's price and quotes move nothing in another")
    func apart() throws {
        var desk = Self.desk()
        desk.last("100")
        let waiting = try desk.place(ann, .sell, stop("1", "90"))
        try desk.core.setLastPrice(Self.ether, p("50"), at: desk.tick())
        try desk.core.replaceMarketQuotes(Self.ether, bids: [level("49", "1")], asks: [], at: desk.tick())
        #expect(desk.state(waiting.id) == .new() && desk.core.depth(pair, levels: 1)?.bids.isEmpty == true)
        #expect(desk.core.depth(Symbol("ADA/USDT")!, levels: 1) == nil)
    }
}
