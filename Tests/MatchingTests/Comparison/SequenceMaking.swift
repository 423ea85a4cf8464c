// What happens next: operations made with an eye on the reference venue, so that most are near the market and
// mean something, and some break each rule there is.
import Domain

extension Dice {
    mutating func step(in world: World, _ venue: ReferenceVenue, number: Int) -> Step {
        // Time sometimes goes back, which must count as standing still.
        let time = Timestamp(milliseconds: venue.now.milliseconds + Int64(happens(3) ? -500 : self.number(0...20_000)))
        return Step(time: time, operation: operation(in: world, venue, number: number))
    }

    private mutating func operation(in world: World, _ venue: ReferenceVenue, number: Int) -> Operation {
        let symbol = one(of: [World.apples, World.apples, World.berries])
        let account = self.number(1...world.accounts.count)
        if number == 0, happens(80) { return quotes(symbol, venue) }
        if !venue.isTrading(symbol), happens(35) { return reopening(symbol, venue) }
        switch index(weights: [44, 18, 10, 3, 1, 14, 5, 3]) {
        case 0: return .place(request(symbol, venue, number: number), account, prevention())
        case 1: return .placeList(list(symbol, venue, number: number), account, prevention())
        case 2: return .cancel(knownOrder(venue), account, cancelId())
        case 3: return .cancelList(Int64(self.number(1...venue.lists.count + 1)), account, cancelId())
        case 4: return .cancelAll(symbol, account, cancelId())
        case 5: return quotes(symbol, venue)
        case 6: return .lastPrice(symbol, price(symbol, venue, within: 14))
        default: return .rules(change(of: symbol, venue))
        }
    }

    private mutating func prevention() -> ReferencePrevention { one(of: [.none, .none, .expireTaker, .expireMaker, .expireBoth]) }
    private mutating func cancelId() -> ClientOrderId? { maybe(50, ClientOrderId("cancel")!) }

    /// Mostly one that is open.
    private mutating func knownOrder(_ venue: ReferenceVenue) -> Int64 {
        let open = venue.orders.filter(\.isOpen)
        return !open.isEmpty && happens(85) ? one(of: open).id : Int64(number(0...venue.orders.count + 1))
    }

    /// Where the market is thought to be.
    private func middle(_ symbol: Symbol, _ venue: ReferenceVenue) -> FixedDecimal {
        venue.triggerPrice(symbol)?.value ?? Scale.of(symbol).start
    }

    /// A price so many steps from the middle; now and then between the ticks or far away.
    private mutating func price(_ symbol: Symbol, _ venue: ReferenceVenue, within steps: Int) -> Price {
        price(symbol, venue, steps: number(-steps...steps))
    }

    private mutating func price(_ symbol: Symbol, _ venue: ReferenceVenue, steps: Int) -> Price {
        let scale = Scale.of(symbol)
        if happens(2) { return Price(FixedDecimal(raw: scale.start.raw * Int128(one(of: [1, 3, 60])) / 10))! }
        let nearest = middle(symbol, venue).rounded(toMultipleOf: scale.step, .nearest)
        let value = FixedDecimal(raw: nearest.raw + scale.step.raw * Int128(steps) + (happens(10) ? scale.tick.raw : happens(2) ? scale.tick.raw / 2 : 0))
        return Price(value) ?? Price(scale.start)!
    }

    private mutating func quantity(_ symbol: Symbol) -> Quantity {
        let scale = Scale.of(symbol)
        let raw: Int128 = switch index(weights: [80, 12, 1, 1, 3, 3]) {
        case 0: scale.size.raw * Int128(number(1...24))
        case 1: scale.lot.raw * Int128(number(1...20_000))
        case 2: 0
        case 3: scale.lot.raw / 2
        default: scale.size.raw * Int128(number(90...400))
        }
        return Quantity(FixedDecimal(raw: raw))!
    }

    private mutating func request(_ symbol: Symbol, _ venue: ReferenceVenue, number: Int) -> OrderRequest {
        let side: Side = happens(50) ? .buy : .sell
        let symbol = happens(1) ? Symbol(World.token, .usdt) : symbol
        return OrderRequest(id: clientId(number), symbol: symbol, side: side, kind: kind(symbol, side, venue))
    }

    /// Mostly new, sometimes one of a few.
    private mutating func clientId(_ number: Int, _ leg: String = "") -> ClientOrderId {
        ClientOrderId(happens(15) ? "again\(self.number(1...4))" : "new\(number)\(leg)")!
    }

    private mutating func kind(_ symbol: Symbol, _ side: Side, _ venue: ReferenceVenue) -> OrderKind {
        let size = quantity(symbol)
        return switch index(weights: [10, 8, 32, 12, 6, 9, 6, 9]) {
        case 0: .market(.base(size))
        case 1: .market(.quote(FixedDecimal(raw: Int128(number(happens(3) ? -1...0 : 1...3_000)) * 100_000_000_000)))
        case 2: .limit(size, price: price(symbol, venue, within: 6), force())
        case 3: .limitMaker(size, price: price(symbol, venue, within: 6))
        case 4: .stopLoss(size, trigger: trigger(symbol, side, venue, isStop: true))
        case 5: .stopLossLimit(size, trigger: trigger(symbol, side, venue, isStop: true), price: price(symbol, venue, within: 8), force())
        case 6: .takeProfit(size, trigger: trigger(symbol, side, venue, isStop: false))
        default: .takeProfitLimit(size, trigger: trigger(symbol, side, venue, isStop: false), price: price(symbol, venue, within: 8), force())
        }
    }

    private mutating func force() -> TimeInForce { one(of: [.goodTillCancel, .goodTillCancel, .goodTillCancel, .immediateOrCancel, .fillOrKill]) }

    /// Mostly on the side of the market where it waits.
    private mutating func trigger(_ symbol: Symbol, _ side: Side, _ venue: ReferenceVenue, isStop: Bool) -> Price {
        let steps = number(happens(12) ? -4...0 : 1...8)
        return price(symbol, venue, steps: (side == .sell) == isStop ? -steps : steps)
    }
}

// MARK: Lists

extension Dice {
    private mutating func list(_ symbol: Symbol, _ venue: ReferenceVenue, number: Int) -> OrderListRequest {
        let id = ClientOrderId(happens(20) ? "list\(self.number(1...3))" : "newlist\(number)")!
        let entry: Side = happens(60) ? .buy : .sell
        let exit: Side = happens(90) ? (entry == .buy ? .sell : .buy) : entry
        let size = quantity(symbol)
        switch index(weights: [45, 25, 30]) {
        case 0:
            let pair = pair(symbol, entry, size, venue, number: number)
            return OrderListRequest(id: id, symbol: symbol, .oneCancelsOther(above: pair.above, below: pair.below))
        case 1:
            let pending = OrderLeg(id: clientId(number, "p"), side: exit, kind: kind(symbol, exit, venue))
            return OrderListRequest(id: id, symbol: symbol, .oneTriggersOther(working: working(symbol, entry, size, venue, number: number), pending: pending))
        default:
            // What is sold after a fee in base is less than was bought; often nobody thinks of it.
            let less = happens(50) ? size : Quantity(size.value.times("0.9", rounding: .down).rounded(toMultipleOf: Scale.of(symbol).lot, .down))!
            let pair = pair(symbol, exit, less, venue, number: number)
            return OrderListRequest(id: id, symbol: symbol, .oneTriggersOneCancelsOther(
                working: working(symbol, entry, size, venue, number: number), above: pair.above, below: pair.below))
        }
    }

    private mutating func working(_ symbol: Symbol, _ side: Side, _ size: Quantity, _ venue: ReferenceVenue, number: Int) -> OrderLeg {
        let price = price(symbol, venue, within: 4)
        let kind: OrderKind = happens(8) ? kind(symbol, side, venue) : happens(70) ? .limit(size, price: price, .goodTillCancel) : .limitMaker(size, price: price)
        return OrderLeg(id: clientId(number, "w"), side: side, kind: kind)
    }

    private mutating func pair(_ symbol: Symbol, _ side: Side, _ size: Quantity, _ venue: ReferenceVenue, number: Int) -> (above: OrderLeg, below: OrderLeg) {
        let winsAbove = side == .sell
        let high = price(symbol, venue, steps: self.number(happens(90) ? 1...6 : -3...3))
        let low = price(symbol, venue, steps: self.number(happens(90) ? -6 ... -1 : -3...3))
        let above = winsAbove ? winning(size, high, symbol, venue) : losing(size, high, symbol, venue)
        let below = winsAbove ? losing(size, low, symbol, venue) : winning(size, low, symbol, venue)
        let otherSize = happens(3) ? kind(symbol, side, venue) : below
        let otherSide: Side = happens(2) ? (side == .buy ? .sell : .buy) : side
        return (OrderLeg(id: clientId(number, "a"), side: side, kind: above), OrderLeg(id: clientId(number, "b"), side: otherSide, kind: otherSize))
    }

    private mutating func winning(_ size: Quantity, _ level: Price, _ symbol: Symbol, _ venue: ReferenceVenue) -> OrderKind {
        switch number(0...3) {
        case 0, 1: .limitMaker(size, price: level)
        case 2: .takeProfit(size, trigger: level)
        default: .takeProfitLimit(size, trigger: level, price: price(symbol, venue, within: 8), force())
        }
    }

    private mutating func losing(_ size: Quantity, _ level: Price, _ symbol: Symbol, _ venue: ReferenceVenue) -> OrderKind {
        happens(40) ? .stopLoss(size, trigger: level) : .stopLossLimit(size, trigger: level, price: price(symbol, venue, within: 8), force())
    }
}

// MARK: The market and the rules

extension Dice {
    private mutating func quotes(_ symbol: Symbol, _ venue: ReferenceVenue) -> Operation {
        let scale = Scale.of(symbol)
        let drift = scale.start.raw * Int128(number(-12...12)) / 200 * (happens(25) ? 1 : 0)
        let centre = (middle(symbol, venue).raw + scale.step.raw * Int128(number(-3...3)) + drift) / scale.tick.raw * scale.tick.raw
        func ladder(_ sign: Int128, _ dice: inout Dice) -> [OrderBookSnapshot.Level] {
            (0..<dice.number(0...4)).compactMap { _ in
                let price = Price(FixedDecimal(raw: centre + sign * scale.step.raw * Int128(dice.number(1...6))))
                let size = dice.happens(5) ? .zero : Quantity(FixedDecimal(raw: scale.size.raw * Int128(dice.number(1...30)) + (dice.happens(20) ? scale.lot.raw : 0)))!
                return price.map { .init(price: $0, quantity: size) }
            }
        }
        return .quotes(symbol, bids: ladder(-1, &self), asks: ladder(1, &self))
    }

    private mutating func change(of symbol: Symbol, _ venue: ReferenceVenue) -> InstrumentRules {
        var rules = happens(60) ? rules(symbol) : venue.rules(of: symbol)!
        rules.status = one(of: [.trading, .trading, .trading, .halted, .cancelOnly, .unrecognised("BREAK")])
        return rules
    }

    private func reopening(_ symbol: Symbol, _ venue: ReferenceVenue) -> Operation {
        var rules = venue.rules(of: symbol)!
        rules.status = .trading
        return .rules(rules)
    }
}
