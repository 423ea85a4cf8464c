// The rules about numbers, read off the venue's own description and written out once more.
import Kernel
import Market
import Trading

extension ReferenceVenue {
    /// The first number rule an order breaks: price, percent, lot, market lot, notional.
    func brokenNumberRule(_ symbol: Symbol, _ side: Side, _ kind: OrderKind) -> InstrumentFilter? {
        let rules = rules(of: symbol)!
        let average = averagePrice(symbol)
        if case .market(.quote(let amount)) = kind, amount <= .zero { return .notional }
        if let quantity = kind.quantity, quantity.isZero { return .lot }
        if let price = kind.price, !isInside(price.value, rules.price) { return .price }
        if let trigger = kind.trigger, !isInside(trigger.value, rules.price) { return .price }
        if let price = kind.price, let average, let percent = rules.percentPrice {
            let up = side == .buy ? percent.bidUp : percent.askUp
            let down = side == .buy ? percent.bidDown : percent.askDown
            let isTooHigh = price.value > average.value.times(up, rounding: .up)
            let isTooLow = price.value < average.value.times(down, rounding: .down)
            if isTooHigh || isTooLow { return rules.percentPriceBySide ? .percentPriceBySide : .percentPrice }
        }
        let tradesAtMarket = kind.price == nil
        if case .market(.quote(let amount)) = kind {
            return isNotionalRight(amount, rules, tradesAtMarket: true) ? nil : .notional
        }
        let quantity = kind.quantity!.value
        if !isInside(quantity, rules.lot) { return .lot }
        if tradesAtMarket, !isInside(quantity, rules.marketLot) { return .marketLot }
        guard let reference = kind.price ?? kind.trigger ?? average else { return nil }
        let value = quantity.times(reference.value, rounding: .down)
        return isNotionalRight(value, rules, tradesAtMarket: tradesAtMarket) ? nil : .notional
    }

    private func isInside(_ value: FixedDecimal, _ range: InstrumentRules.Range) -> Bool {
        if let minimum = range.minimum, value < minimum { return false }
        if let maximum = range.maximum, value > maximum { return false }
        if let step = range.step, value.raw % step.raw != 0 { return false }
        return true
    }

    private func isNotionalRight(_ value: FixedDecimal, _ rules: InstrumentRules, tradesAtMarket: Bool) -> Bool {
        guard let rule = rules.notional else { return true }
        if let minimum = rule.minimum, value < minimum, !tradesAtMarket || rule.appliesMinimumToMarket { return false }
        if let maximum = rule.maximum, value > maximum, !tradesAtMarket || rule.appliesMaximumToMarket { return false }
        return true
    }

    // MARK: Prices that are looked at

    func lastPrice(_ symbol: Symbol) -> Price? { lastPrices.first { $0.symbol == symbol }?.price }

    mutating func setLast(_ symbol: Symbol, _ price: Price) {
        lastPrices.removeAll { $0.symbol == symbol }
        lastPrices.append((symbol, price))
    }

    /// What triggers are compared with: the last price, or before any the middle of the book on the tick below.
    func triggerPrice(_ symbol: Symbol) -> Price? {
        if let last = lastPrice(symbol) { return last }
        guard let bid = makers(.buy, symbol).first?.price, let ask = makers(.sell, symbol).first?.price else { return nil }
        let middle = FixedDecimal(raw: (bid.value.raw + ask.value.raw) / 2)
        guard let tick = rules(of: symbol)?.price.step else { return Price(middle) }
        return Price(FixedDecimal(raw: middle.raw / tick.raw * tick.raw))
    }

    /// The volume-weighted price of the trades of the last minutes; without any, the last price.
    func averagePrice(_ symbol: Symbol) -> Price? {
        let window = rules(of: symbol)!.averagingWindow
        let recent = trades.filter { $0.symbol == symbol && $0.time > now - window }
        guard window.milliseconds > 0, !recent.isEmpty else { return lastPrice(symbol) }
        let quantity = recent.reduce(FixedDecimal.zero) { $0 + $1.quantity }
        let notional = recent.reduce(FixedDecimal.zero) { $0 + $1.notional }
        return Price(notional.divided(by: quantity, rounding: .down))
    }
}
