// How a filled entry becomes a protected holding.
package import Kernel
import Market

extension Holding {
    /// What an entry came to so far; nil if no bracket fits what was received.
    public init?(position: Position, entry: Executed) {
        let instrument = position.instrument
        guard let price = entry.price, let since = entry.since, let feeInBase = Quantity(max(.zero, entry.feeInBase)), feeInBase <= entry.quantity,
            let bracket = try? position.plan.bracket(received: entry.quantity - feeInBase, at: price, instrument)
        else { return nil }
        self.instrument = instrument
        openedAt = since
        entryPrice = price
        bought = entry.quantity
        received = entry.quantity - feeInBase
        cost = entry.cost
        fees = entry.fees
        self.bracket = bracket
        remaining = bracket.quantity
        rungsFilled = 0
        proceeds = .zero
        exitOrders = 0
        watch = ExitWatch(readThrough: since, highest: price)
    }

    /// The same holding after more of its entry has arrived; nil if no bracket fits. What was sold meanwhile stays sold: levels
    /// and rungs then stand as they are, and the last rung takes what came.
    /// - Parameter before: what the entry had come to when this was the holding.
    public func increased(_ position: Position, from before: Executed, to entry: Executed) -> Holding? {
        guard var whole = Holding(position: position, entry: entry), whole.received >= received else { return nil }
        let isUntouched = remaining == bracket.quantity && rungsFilled == 0
        if !isUntouched {
            guard let bracket = bracket.taking(whole.received - received, lot: instrument.lotStep) else { return nil }
            whole.bracket = bracket
        }
        guard whole.bracket.quantity >= bracket.quantity else { return nil }
        whole.remaining = remaining + (whole.bracket.quantity - bracket.quantity)
        // Fees of exits, and what fees in other assets were ruled to be worth.
        whole.fees += fees - before.fees
        whole.cost += cost - before.cost
        (whole.rungsFilled, whole.proceeds, whole.exitOrders, whole.watch) = (rungsFilled, proceeds, exitOrders, watch)
        return whole
    }
}

extension Bracket {
    /// With this much more behind the last target.
    fileprivate func taking(_ more: Quantity, lot: FixedDecimal) -> Bracket? {
        guard let last = rungs.last else { return nil }
        let whole = dust + more, sellable = whole.flooredToLot(lot)
        return Bracket(
            stop: stop, rungs: rungs.dropLast() + [Rung(price: last.price, quantity: last.quantity + sellable)], trailingOffset: trailingOffset,
            dust: whole - sellable)
    }
}

extension Holding {
    /// The fee of the entry, in quote units, whichever of the two assets it was taken in.
    package var entryFees: FixedDecimal {
        (bought - received).value.times(entryPrice.value, rounding: .up) + cost - bought.value.times(entryPrice.value, rounding: .up)
    }
}

extension ExitReason {
    /// 1 for the first target; nil for what is no target.
    public var rung: Int? {
        switch self {
        case .takeProfit1: 1
        case .takeProfit2: 2
        case .takeProfit3: 3
        case .stopLoss, .trailingStop, .signal, .manual, .emergency, .writtenOff: nil
        }
    }
    public var isRung: Bool { rung != nil }
}
