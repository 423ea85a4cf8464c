// What the venue knows: orders, executions, balances, what the key may do.
public import Kernel
public import Market
public import Ports
import StrictJSON
public import Trading
import VenueCommon

extension BinanceExchange {
    public func order(_ order: OrderReference) async throws(ExchangeError) -> VenueOrder {
        let found = try OrderReading.order(await ask(.order(order)), order.symbol)
        guard order.names(found) else { throw .malformed("an answer about another order") }
        return found
    }

    public func openOrders(_ symbol: Symbol?) async throws(ExchangeError) -> OpenOrders {
        let rows = try await ask(.openOrders(symbol)).list("open orders", atMost: 100_000)
        if let symbol {
            return OpenOrders(
                orders: try Self.inOrder(JSONField.each(rows) { (row) throws(ExchangeError) in try OrderReading.order(row, symbol) }))
        }
        var orders: [VenueOrder] = [], foreign: Set<String> = []
        for (row, symbol) in zip(rows, try await symbols(of: rows)) {
            if let symbol {
                orders.append(try OrderReading.order(row, symbol))
            } else {
                foreign.insert(SafeText.short(row["symbol"]?.text ?? "", limit: 40))
            }
        }
        return OpenOrders(orders: try Self.inOrder(orders), foreign: foreign.sorted())
    }

    /// Open and finished orders of one instrument, oldest first. The venue forgets those without a fill after 90 days.
    /// - Parameter limit: at most 1000; nil leaves it to the venue (500).
    public func orders(_ symbol: Symbol, since: Timestamp? = nil, until: Timestamp? = nil, limit: Int? = nil) async throws(ExchangeError)
        -> [VenueOrder]
    {
        let rows = try await ask(.orders(symbol, since: since, until: until, limit: limit)).list("orders", atMost: 1_000)
        return try Self.inOrder(JSONField.each(rows) { (row) throws(ExchangeError) in try OrderReading.order(row, symbol) })
    }

    /// With an order, all of its trades, whenever they were.
    public func fills(_ symbol: Symbol, of order: VenueOrderId?, since: Timestamp?) async throws(ExchangeError) -> [VenueFill] {
        try await fills(.trades(symbol, of: order, since: order == nil ? since : nil, limit: 1_000), symbol, of: order)
    }

    func fills(_ call: Call, _ symbol: Symbol, of order: VenueOrderId?) async throws(ExchangeError) -> [VenueFill] {
        let rows = try await ask(call).list("trades", atMost: 1_000)
        let trades = try JSONField.each(rows) { (row) throws(ExchangeError) in try OrderReading.trade(row, symbol) }
        if let order, trades.contains(where: { $0.order != order }) { throw .malformed("a trade of another order") }
        return try Self.inOrder(trades)
    }

    private static func inOrder(_ orders: [VenueOrder]) throws(ExchangeError) -> [VenueOrder] { try inOrder(orders) { ($0.id.text, $0.symbol) } }
    private static func inOrder(_ trades: [VenueFill]) throws(ExchangeError) -> [VenueFill] { try inOrder(trades) { ($0.id, $0.symbol) } }

    /// Rows by number, which a venue counts up for each symbol: a row that comes twice counts once, one that comes in two versions is malformed.
    private static func inOrder<Row: Hashable>(_ rows: [Row], by key: (Row) -> (number: String, symbol: Symbol)) throws(ExchangeError) -> [Row] {
        // Of two whole numbers without leading zeros the longer one is the larger one.
        let sorted = Set(rows).map { (key($0), $0) }.sorted { a, b in
            (a.0.number.utf8.count, a.0.number, a.0.symbol) < (b.0.number.utf8.count, b.0.number, b.0.symbol)
        }
        guard zip(sorted, sorted.dropFirst()).allSatisfy({ $0.0 != $1.0 }) else { throw .malformed("one number, told in two ways") }
        return sorted.map(\.1)
    }

    public func account() async throws(ExchangeError) -> VenueAccount {
        let answer = try await ask(.account)
        let balances = try JSONField.each(answer.need("balances") { $0.elements }) { (row) throws(ExchangeError) in
            let free = try row.need("free") { $0.decimal }, locked = try row.need("locked") { $0.decimal }
            guard !free.isNegative, !locked.isNegative else { throw .malformed("a balance below zero") }
            return VenueAccount.Balance(asset: SafeText.short(try row.need("asset") { $0.text }, limit: 40), free: free, locked: locked)
        }
        guard Set(balances.map(\.asset)).count == balances.count else { throw .malformed("an asset twice") }
        let rates = answer["commissionRates"]
        return VenueAccount(
            balances: balances, canTrade: try answer.need("canTrade") { $0.flag }, makerFee: try rates?.may("maker") { $0.decimal }.map { Ratio($0) },
            takerFee: try rates?.may("taker") { $0.decimal }.map { Ratio($0) })
    }

    public func keyRestrictions() async throws(ExchangeError) -> KeyRestrictions {
        guard host.hasWallet else { throw .unsupported("key permissions on \(host.baseURL)") }
        let answer = try await ask(.keyRestrictions)
        func flag(_ name: String) throws(ExchangeError) -> Bool? { try answer.may(name) { $0.flag } }
        let inside = try flag("enableInternalTransfer"), anywhere = try flag("permitsUniversalTransfer")
        return KeyRestrictions(
            mayRead: try flag("enableReading"), mayTradeSpot: try flag("enableSpotAndMarginTrading"), mayWithdraw: try flag("enableWithdrawals"),
            mayTransfer: inside == true || anywhere == true ? true : inside == nil || anywhere == nil ? nil : false,
            isBoundToAddresses: try flag("ipRestrict"))
    }

    /// What this account pays on one instrument, as shares of the notional.
    public func fees(_ symbol: Symbol) async throws(ExchangeError) -> (maker: Ratio, taker: Ratio) {
        guard host.hasWallet else { throw .unsupported("fees of one instrument on \(host.baseURL): the account tells its own") }
        let rows = try await ask(.fees(symbol)).list("fees", atMost: 10)
        guard let row = rows.first(where: { $0["symbol"]?.text == symbol.venueName }) else { throw .malformed("fees of another symbol") }
        return (Ratio(try row.need("makerCommission") { $0.decimal }), Ratio(try row.need("takerCommission") { $0.decimal }))
    }

    /// The symbols that rows speak of; nil for one outside our alphabet. If a name is new to us, all names are asked
    /// for once.
    func symbols(of rows: [JSONField]) async throws(ExchangeError) -> [Symbol?] {
        let names = try JSONField.each(rows) { (row) throws(ExchangeError) in try row.need("symbol") { $0.text } }
        if await session.hasNews(in: names) {
            _ = try await rules()
            await session.rememberForeign(names)
        }
        return await session.symbols(named: names)
    }
}
