// Worlds to play in: two symbols against one quote currency, a few accounts, rules that now and then bind.
import Kernel
import Market
import Trading

/// The scale of a symbol's numbers, so that prices and sizes of a sequence come out near each other.
struct Scale {
    var start: FixedDecimal
    /// The distance between the prices that are mostly used.
    var step: FixedDecimal
    var tick: FixedDecimal
    /// The sizes that are mostly used are multiples of this.
    var size: FixedDecimal
    var lot: FixedDecimal

    /// One whose products are exact, and one whose products need more than twelve places.
    static func of(_ symbol: Symbol) -> Scale {
        symbol == World.apples
            ? Scale(start: "10", step: "0.05", tick: "0.01", size: "0.5", lot: "0.001")
            : Scale(start: "0.0123457", step: "0.0000137", tick: "0.0000001", size: "433.333333", lot: "0.000001")
    }
}

extension Dice {
    mutating func world() -> World {
        let accounts = (1...number(2...3)).map { account($0) }
        return World(rules: [rules(World.apples), rules(World.berries)], accounts: accounts)
    }

    private mutating func account(_ number: Int) -> World.Account {
        let balances: [Currency: FixedDecimal] = [
            .usdt: FixedDecimal(happens(30) ? self.number(1...150) : self.number(0...40) * 50), World.apple: FixedDecimal(self.number(0...100)),
            World.berry: FixedDecimal(self.number(0...100_000)), World.token: one(of: ["0", "0.01", "3"])
        ]
        let rates: [Ratio] = ["0", "0.001", "0.00075", "0.0333333333"]
        return World.Account(number: number, balances: balances, maker: one(of: rates), taker: one(of: rates), payIn: feeAsset())
    }

    private mutating func feeAsset() -> ReferenceFeeAsset {
        switch number(0...6) {
        case 0, 1: .received
        case 2, 3: .quote
        case 4: .third(World.token, prices: [.usdt: Price("7.3")!])
        // An asset that is traded, and one that has no price here.
        case 5: .third(World.berry, prices: [.usdt: Price("0.0123")!])
        default: .third(World.token, prices: [:])
        }
    }

    mutating func rules(_ symbol: Symbol) -> InstrumentRules {
        let scale = Scale.of(symbol)
        func times(_ factor: Int) -> FixedDecimal {
            FixedDecimal(raw: scale.start.raw * Int128(factor) / 100).rounded(toMultipleOf: scale.tick, .down)
        }
        var rules = InstrumentRules(
            symbol: symbol,
            price: .init(
                minimum: maybe(50, times(40)), maximum: maybe(50, times(180)), step: maybe(92, one(of: [scale.tick, scale.tick, scale.step]))),
            lot: .init(
                minimum: maybe(50, scale.lot), maximum: maybe(50, FixedDecimal(raw: scale.size.raw * 100)),
                step: maybe(92, one(of: [scale.lot, scale.lot, scale.size]))))
        if happens(30) { rules.marketLot = .init(maximum: FixedDecimal(raw: scale.size.raw * 25)) }
        if happens(60) {
            rules.notional = .init(minimum: "5", appliesMinimumToMarket: happens(50), maximum: maybe(40, "300"), appliesMaximumToMarket: happens(50))
        }
        if happens(30) { rules.percentPrice = .init(bidUp: "1.2", bidDown: "0.9", askUp: "1.1", askDown: "0.85") }
        rules.percentPriceBySide = happens(50)
        rules.averagingWindow = .minutes(one(of: [0, 1, 5]))
        rules.maximumOrders = maybe(25, number(4...9))
        rules.maximumAlgoOrders = maybe(25, number(1...4))
        rules.maximumOrderLists = maybe(25, number(1...3))
        rules.maximumPosition = maybe(20, FixedDecimal(raw: scale.size.raw * Int128(number(50...250))))
        rules.allowsQuoteAmount = happens(92)
        if happens(15) { rules.orderTypes.remove(one(of: OrderType.allCases)) }
        if happens(10) { rules.orderLists.remove(one(of: OrderListKind.allCases)) }
        return rules
    }
}
