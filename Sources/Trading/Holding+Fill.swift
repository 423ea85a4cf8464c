// How a filled entry becomes a protected holding.
public import Kernel
import Market

extension Holding {
    /// nil if no bracket fits what was received.
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

extension Holding {
    /// The fee of the entry, in quote units, whichever of the two assets it was taken in.
    package var entryFees: FixedDecimal {
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
