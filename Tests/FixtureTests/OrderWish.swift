// What a caller of the recording library wanted, in our terms: its binary numbers cut to the instrument's
// grid as that library does (amounts and costs downwards, prices to the nearest).
import Kernel
import Market
import StrictJSON
import Trading

struct OrderWish {
    let symbol: Symbol
    let side: Side
    let kind: OrderKind
    /// An id of the caller's own.
    let clientId: ClientOrderId?

    struct NotUnderstood: Error { let why: String }

    /// Arguments that change nothing of the order itself.
    private static let harmless: Set<String> = [
        "clientOrderId", "newClientOrderId", "postOnly", "timeInForce", "stopLossPrice", "takeProfitPrice", "triggerPrice",
        "stopPrice", "cost", "quoteOrderQty", "createMarketBuyOrderRequiresPrice"
    ]

    /// `[symbol, type, side, amount, price?, {…}?]`, behind `skipping` other arguments.
    init(order fixture: Fixture, skipping: Int = 0, rules: [InstrumentRules]) throws {
        let named = fixture.parameters
        if let strange = named.keys.sorted().first(where: { !Self.harmless.contains($0) }) { throw NotUnderstood(why: "argument \(strange)") }
        // An edit names its symbol behind the id: [id, symbol, type, side, …].
        guard let rule = Self.rule(fixture.input(skipping), rules), let type = fixture.input(skipping + 1)?.text?.lowercased(),
            let sideText = fixture.input(skipping + 2)?.text?.lowercased(),
            let side = Side(rawValue: sideText)
        else { throw NotUnderstood(why: "no symbol, type or side we know") }
        let amount = fixture.input(skipping + 3)?.number, price = fixture.input(skipping + 4)?.number
        func figure(_ names: String...) -> FixedDecimal? { names.lazy.compactMap { named[$0]?.number }.first }
        symbol = rule.symbol
        self.side = side
        clientId = (named["clientOrderId"] ?? named["newClientOrderId"])?.text.flatMap { ClientOrderId($0) }
        let force = named["timeInForce"]?.text?.uppercased()
        let isMaker = force == "PO" || (try? named["postOnly"]?.bool) == true || type == "limit_maker"
        let loss = figure("stopLossPrice", "triggerPrice", "stopPrice"), profit = figure("takeProfitPrice")
        let grid = Grid(rule)
        if type == "market", let cost = figure("cost", "quoteOrderQty") ?? Self.cost(side, amount, price, loss ?? profit) {
            kind = .market(.quote(grid.cost(cost)))
            return
        }
        guard let quantity = amount.flatMap(grid.quantity) else { throw NotUnderstood(why: "no amount") }
        let timeInForce = TimeInForce(rawValue: force ?? "GTC") ?? .goodTillCancel
        switch (type, loss.flatMap(grid.price), profit.flatMap(grid.price), price.flatMap(grid.price)) {
        case ("market", nil, nil, _): kind = .market(.base(quantity))
        case ("take_profit", let trigger?, nil, _), ("market", nil, let trigger?, _): kind = .takeProfit(quantity, trigger: trigger)
        case ("market", let trigger?, nil, _), ("stop_loss", let trigger?, nil, _): kind = .stopLoss(quantity, trigger: trigger)
        case ("limit", nil, nil, let price?) where isMaker, ("limit_maker", nil, nil, let price?): kind = .limitMaker(quantity, price: price)
        case ("limit", nil, nil, let price?): kind = .limit(quantity, price: price, timeInForce)
        case ("take_profit_limit", let trigger?, nil, let price?), ("limit", nil, let trigger?, let price?):
            kind = .takeProfitLimit(quantity, trigger: trigger, price: price, timeInForce)
        case ("limit", let trigger?, nil, let price?), ("stop_loss_limit", let trigger?, nil, let price?):
            kind = .stopLossLimit(quantity, trigger: trigger, price: price, timeInForce)
        default: throw NotUnderstood(why: "an order of type \(type) with these prices")
        }
    }

    /// `[symbol, …, cost]`.
    init(cost fixture: Fixture, at index: Int, side word: String?, rules: [InstrumentRules]) throws {
        guard let rule = Self.rule(fixture.input(0), rules), let cost = fixture.input(index)?.number, let side = word.flatMap(Side.init) else {
            throw NotUnderstood(why: "no symbol, side or cost")
        }
        symbol = rule.symbol
        self.side = side
        kind = .market(.quote(Grid(rule).cost(cost)))
        clientId = fixture.parameters["clientOrderId"]?.text.flatMap { ClientOrderId($0) }
    }

    private static func rule(_ node: JSONNode?, _ rules: [InstrumentRules]) -> InstrumentRules? {
        node?.text.flatMap { Symbol($0) }.flatMap { symbol in rules.first { $0.symbol == symbol } }
    }

    /// A market buy with a price is meant by cost.
    private static func cost(_ side: Side, _ amount: FixedDecimal?, _ price: FixedDecimal?, _ trigger: FixedDecimal?) -> FixedDecimal? {
        guard side == .buy, trigger == nil, let amount, let price else { return nil }
        return amount.checkedTimes(price, rounding: .nearest)
    }
}

/// The steps of an instrument.
private struct Grid {
    let tick: FixedDecimal
    let lot: FixedDecimal
    init(_ rules: InstrumentRules) {
        tick = rules.price.step ?? .ulp
        lot = rules.lot.step ?? .ulp
    }
    func quantity(_ value: FixedDecimal) -> Quantity? { Quantity(value.rounded(toMultipleOf: lot, .down)) }
    func price(_ value: FixedDecimal) -> Price? { Price(value.rounded(toMultipleOf: tick, .nearest)) }
    func cost(_ value: FixedDecimal) -> FixedDecimal { value.rounded(toMultipleOf: tick, .down) }
}
