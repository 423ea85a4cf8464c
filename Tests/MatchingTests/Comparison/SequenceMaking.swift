// What happens next: operations made with an eye on the reference venue, so that most are near the market and
// mean something, and some break each rule there is.
import Kernel
import Market
import Trading

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
        case 0: return .place(request(symbol, venue, account, number: number), account, prevention())
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
    func middle(_ symbol: Symbol, _ venue: ReferenceVenue) -> FixedDecimal {
        venue.triggerPrice(symbol)?.value ?? Scale.of(symbol).start
    }

    /// A price so many steps from the middle; now and then between the ticks or far away.
    mutating func price(_ symbol: Symbol, _ venue: ReferenceVenue, within steps: Int) -> Price {
        price(symbol, venue, steps: number(-steps...steps))
    }

    mutating func price(_ symbol: Symbol, _ venue: ReferenceVenue, steps: Int) -> Price {
        let scale = Scale.of(symbol)
        if happens(2) { return Price(FixedDecimal(raw: scale.start.raw * Int128(one(of: [1, 3, 60])) / 10))! }
        let nearest = middle(symbol, venue).rounded(toMultipleOf: scale.step, .nearest)
        let value = FixedDecimal(
            raw: nearest.raw + scale.step.raw * Int128(steps) + (happens(10) ? scale.tick.raw : happens(2) ? scale.tick.raw / 2 : 0))
        return Price(value) ?? Price(scale.start)!
    }

    mutating func quantity(_ symbol: Symbol) -> Quantity {
        let scale = Scale.of(symbol)
        let raw: Int128 =
            switch index(weights: [80, 12, 1, 1, 3, 3]) {
            case 0: scale.size.raw * Int128(number(1...24))
            case 1: scale.lot.raw * Int128(number(1...20_000))
            case 2: 0
            case 3: scale.lot.raw / 2
            default: scale.size.raw * Int128(number(90...400))
            }
        return Quantity(FixedDecimal(raw: raw))!
    }

    private mutating func request(_ symbol: Symbol, _ venue: ReferenceVenue, _ account: Int, number: Int) -> OrderRequest {
        let side: Side = happens(50) ? .buy : .sell
        let symbol = happens(1) ? Symbol(World.token, .usdt) : symbol
        var kind = kind(symbol, side, venue)
        if happens(12) { kind = allIn(kind, symbol, side, venue, account) }
        return OrderRequest(id: clientId(number), symbol: symbol, side: side, kind: kind)
    }

    /// The same order for nearly all that the account has free, so that fees and worse prices find nothing left.
    private func allIn(_ kind: OrderKind, _ symbol: Symbol, _ side: Side, _ venue: ReferenceVenue, _ account: Int) -> OrderKind {
        guard let price = kind.price ?? kind.trigger ?? venue.triggerPrice(symbol), let lot = venue.rules(of: symbol)?.lot.step else { return kind }
        let free = venue.free(account, side == .buy ? symbol.quote : symbol.base)
        let most = side == .buy ? free.divided(by: price.value, rounding: .down) : free
        guard let size = Quantity(most.rounded(toMultipleOf: lot, .down)) else { return kind }
        return switch kind {
        case .market(.base): .market(.base(size))
        case .market(.quote): .market(.quote(side == .buy ? free : free.times(price.value, rounding: .down)))
        case .limit(_, let price, let force): .limit(size, price: price, force)
        case .limitMaker(_, let price): .limitMaker(size, price: price)
        case .stopLoss(_, let trigger): .stopLoss(size, trigger: trigger)
        case .stopLossLimit(_, let trigger, let price, let force): .stopLossLimit(size, trigger: trigger, price: price, force)
        case .takeProfit(_, let trigger): .takeProfit(size, trigger: trigger)
        case .takeProfitLimit(_, let trigger, let price, let force): .takeProfitLimit(size, trigger: trigger, price: price, force)
        }
    }

    /// Mostly new, sometimes one of a few.
    mutating func clientId(_ number: Int, _ leg: String = "") -> ClientOrderId {
        ClientOrderId(happens(15) ? "again\(self.number(1...4))" : "new\(number)\(leg)")!
    }

    mutating func kind(_ symbol: Symbol, _ side: Side, _ venue: ReferenceVenue) -> OrderKind {
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

    mutating func force() -> TimeInForce { one(of: [.goodTillCancel, .goodTillCancel, .goodTillCancel, .immediateOrCancel, .fillOrKill]) }

    /// Mostly on the side of the market where it waits.
    private mutating func trigger(_ symbol: Symbol, _ side: Side, _ venue: ReferenceVenue, isStop: Bool) -> Price {
        let steps = number(happens(12) ? -4...0 : 1...8)
        return price(symbol, venue, steps: (side == .sell) == isStop ? -steps : steps)
    }
}
