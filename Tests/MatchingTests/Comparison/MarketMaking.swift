// What happens round the accounts in a sequence: the market's quotes move, rules change, symbols close and open.
import Kernel
import Market
import Trading

extension Dice {
    mutating func quotes(_ symbol: Symbol, _ venue: ReferenceVenue) -> Operation {
        let scale = Scale.of(symbol)
        let drift = scale.start.raw * Int128(number(-12...12)) / 200 * (happens(25) ? 1 : 0)
        let centre = (middle(symbol, venue).raw + scale.step.raw * Int128(number(-3...3)) + drift) / scale.tick.raw * scale.tick.raw
        func ladder(_ sign: Int128, _ dice: inout Dice) -> [OrderBookSnapshot.Level] {
            (0..<dice.number(0...4)).compactMap { _ in
                let price = Price(FixedDecimal(raw: centre + sign * scale.step.raw * Int128(dice.number(1...6))))
                let size =
                    dice.happens(5)
                    ? .zero : Quantity(FixedDecimal(raw: scale.size.raw * Int128(dice.number(1...30)) + (dice.happens(20) ? scale.lot.raw : 0)))!
                return price.map { .init(price: $0, quantity: size) }
            }
        }
        return .quotes(symbol, bids: ladder(-1, &self), asks: ladder(1, &self))
    }

    mutating func change(of symbol: Symbol, _ venue: ReferenceVenue) -> InstrumentRules {
        var rules = happens(60) ? rules(symbol) : venue.rules(of: symbol)!
        rules.status = one(of: [.trading, .trading, .trading, .halted, .cancelOnly, .unrecognised("BREAK")])
        return rules
    }

    func reopening(_ symbol: Symbol, _ venue: ReferenceVenue) -> Operation {
        var rules = venue.rules(of: symbol)!
        rules.status = .trading
        return .rules(rules)
    }
}
