// How a filled quantity is split over the take-profit rungs so that all exits plus dust are exactly
// what was received. Below the minimum notional the ladder folds from three rungs to two to one.
public import Kernel
public import Market

/// The shape of a bracket before any price is known: shares of the fill price and of the quantity.
public struct BracketPlan: Hashable, Codable, Sendable {
    public struct Rung: Hashable, Codable, Sendable {
        /// Above the fill price, e.g. 0.03.
        public let rise: Ratio
        /// Of the received quantity; all rungs sum to exactly one.
        public let share: Ratio
        public init(rise: Ratio, share: Ratio) {
            self.rise = rise
            self.share = share
        }
    }
    /// Below the fill price, e.g. 0.03.
    public let stopDistance: Ratio
    public let rungs: [Rung]
    /// Below the highest price since entry, once the first rung has filled; nil for a stop that stays.
    public let trailingOffset: Ratio?

    /// nil unless 0 < stop < 1, 0 < trailing < 1, rungs ascend and their shares sum to one.
    public init?(stopDistance: Ratio, rungs: [Rung], trailingOffset: Ratio?) {
        guard stopDistance > .zero, stopDistance < .one, trailingOffset.map({ $0 > .zero && $0 < .one }) ?? true,
            (1...3).contains(rungs.count), rungs.allSatisfy({ $0.rise > .zero && $0.share > .zero }),
            zip(rungs, rungs.dropFirst()).allSatisfy({ $0.rise < $1.rise }),
            rungs.reduce(FixedDecimal.zero, { $0 + $1.share.value }) == .one
        else { return nil }
        self.stopDistance = stopDistance
        self.rungs = rungs
        self.trailingOffset = trailingOffset
    }

    /// Rungs merged from the far end: the last two become one at the nearer rise.
    var folded: BracketPlan? {
        guard rungs.count > 1 else { return nil }
        let (near, far) = (rungs[rungs.count - 2], rungs[rungs.count - 1])
        let merged = Rung(rise: near.rise, share: Ratio(near.share.value + far.share.value))
        return BracketPlan(stopDistance: stopDistance, rungs: rungs.dropLast(2) + [merged], trailingOffset: trailingOffset)
    }
}

/// A bracket with prices and quantities: what protects one position.
public struct Bracket: Hashable, Codable, Sendable {
    public struct Rung: Hashable, Codable, Sendable {
        public let price: Price
        /// Whole lots; the last rung takes the remainder.
        public let quantity: Quantity
        /// What guards it.
        public let cover: Cover

        package init(price: Price, quantity: Quantity, cover: Cover = .watched) {
            self.price = price
            self.quantity = quantity
            self.cover = cover
        }
    }
    public let side: PositionSide
    public let stop: Price
    public let rungs: [Rung]
    public let trailingOffset: Ratio?
    /// Less than a lot: cannot be sold, booked as dust.
    public let dust: Quantity

    package init(stop: Price, rungs: [Rung], trailingOffset: Ratio?, dust: Quantity, side: PositionSide = .long) {
        self.side = side
        self.stop = stop
        self.rungs = rungs
        self.trailingOffset = trailingOffset
        self.dust = dust
    }

    /// Quantity that can be sold.
    public var quantity: Quantity { rungs.reduce(.zero) { $0 + $1.quantity } }
}

/// Who sees to it that a rung is sold at its stop or its target.
public enum Cover: String, Codable, Sendable, CaseIterable {
    /// The minute monitor, which reads candles.
    case watched
}

/// Why no bracket can be built.
public enum Infeasible: Error, Hashable, Codable, Sendable {
    case belowMinimum(notional: FixedDecimal, minimum: FixedDecimal)
    case belowLot
    case noPrice
}

extension BracketPlan {
    /// Splits `received` (after any fee in base) bought at `price`. Each rung, and the whole at the
    /// stop, must be sellable: at least a lot and the minimum notional. Folds until that holds.
    /// Prices go to the nearest tick.
    public func bracket(received: Quantity, at price: Price, _ instrument: Instrument) throws(Infeasible) -> Bracket {
        let sellable = received.flooredToLot(instrument.lotStep)
        guard !sellable.isZero else { throw .belowLot }
        guard let stop = price.moved(by: -stopDistance, tick: instrument.tickSize, .nearest), stop < price else { throw .noPrice }
        let atStop = sellable.value.times(stop.value, rounding: .down)
        guard atStop >= instrument.minNotional else { throw .belowMinimum(notional: atStop, minimum: instrument.minNotional) }
        var plan = self
        while true {
            if let rungs = plan.rungs(of: sellable, at: price, stop: stop, instrument) {
                return Bracket(stop: stop, rungs: rungs, trailingOffset: trailingOffset, dust: received - sellable)
            }
            guard let folded = plan.folded else { throw .noPrice }
            plan = folded
        }
    }

    /// nil if a rung is too small to be sold at the stop as it stands on the grid: then whatever is
    /// left after any rung can be sold too.
    private func rungs(of sellable: Quantity, at price: Price, stop: Price, _ instrument: Instrument) -> [Bracket.Rung]? {
        var rest = sellable
        var result: [Bracket.Rung] = []
        for (index, rung) in rungs.enumerated() {
            let isLast = index == rungs.count - 1
            let quantity = isLast ? rest : sellable.portion(rung.share, lot: instrument.lotStep)
            guard !quantity.isZero, quantity <= rest,
                let target = price.moved(by: rung.rise, tick: instrument.tickSize, .nearest), target > price
            else { return nil }
            guard quantity.value.times(stop.value, rounding: .down) >= instrument.minNotional else { return nil }
            result.append(.init(price: target, quantity: quantity))
            rest = rest - quantity
        }
        return result
    }
}
