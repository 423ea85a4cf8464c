// How a filled entry becomes a protected holding, and how its last exit becomes a trade record.

extension Holding {
    /// nil where no bracket fits what was received.
    public init?(position: Position, fill: Fill, time: Timestamp) {
        let instrument = position.instrument
        let isBaseFee = fill.fee.currency == position.symbol.base
        guard let feeInBase = Quantity(isBaseFee ? fill.fee.amount : .zero), feeInBase <= fill.quantity else { return nil }
        let received = fill.quantity - feeInBase
        guard let bracket = try? position.plan.bracket(received: received, at: fill.price, instrument) else { return nil }
        self.instrument = instrument
        openedAt = fill.time
        entryPrice = fill.price
        bought = fill.quantity
        self.received = received
        let quoteFee = isBaseFee ? .zero : fill.fee.amount
        cost = fill.notional.amount + quoteFee
        fees = isBaseFee ? feeInBase.value.times(fill.price.value, rounding: .up) : quoteFee
        self.bracket = bracket
        remaining = bracket.quantity
        rungsFilled = 0
        proceeds = .zero
        exitOrders = 0
        watch = ExitWatch(readThrough: fill.time, highest: fill.price)
    }
}

extension TradeClosed {
    /// The record of a position whose last exit is `last`; nil while it still holds something.
    public init?(position: Position, last: PositionReduced, time: Timestamp) {
        guard let holding = position.holding, holding.remaining.isZero else { return nil }
        let pnl = holding.proceeds - holding.cost
        let sold = holding.bracket.quantity
        let gross = holding.proceeds + holding.fees - holding.entryFees
        let risk = position.plannedRisk.isPositive ? position.plannedRisk : holding.cost
        self.init(
            trade: position.trade, symbol: position.symbol, cycle: position.cycle, panel: position.panel,
            openedAt: holding.openedAt, closedAt: time, entryPrice: holding.entryPrice,
            exitPrice: Price(gross.divided(by: sold.value, rounding: .nearest)) ?? last.price,
            quantity: holding.bought, conviction: position.conviction, isProbe: position.isProbe, stop: holding.bracket.stop,
            targets: holding.bracket.rungs.map(\.price),
            exits: (0..<holding.rungsFilled).map(ExitReason.rung) + (last.reason.isRung ? [] : [last.reason]),
            cost: holding.cost, proceeds: holding.proceeds, fees: holding.fees, pnl: pnl,
            rMultiple: Ratio(pnl.divided(by: risk, rounding: .nearest)),
            outcome: Self.outcome(of: holding, last.reason))
    }

    /// Which of the four ladder outcomes this was: rungs taken before a stop, or all of them. A folded ladder that
    /// was taken whole counts as all.
    private static func outcome(of holding: Holding, _ last: ExitReason) -> Int? {
        switch last {
        case .manual, .emergency, .signal, .writtenOff: nil
        case .takeProfit1, .takeProfit2, .takeProfit3: 3
        case .stopLoss, .trailingStop: min(holding.rungsFilled, 2)
        }
    }
}

extension Holding {
    /// The fee of the entry, in quote units, whichever of the two assets it was taken in.
    var entryFees: FixedDecimal {
        (bought - received).value.times(entryPrice.value, rounding: .up) + cost - bought.value.times(entryPrice.value, rounding: .up)
    }
}

extension ExitReason {
    public var isRung: Bool {
        switch self {
        case .takeProfit1, .takeProfit2, .takeProfit3: true
        case .stopLoss, .trailingStop, .signal, .manual, .emergency, .writtenOff: false
        }
    }
}
