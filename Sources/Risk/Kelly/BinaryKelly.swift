// Kelly in closed form for a bet with two ends. Source: Kelly 1956.

/// A bet that wins `win` with probability p or loses `loss`, both as shares of the notional (above 0).
public struct BinaryBet: Hashable, Sendable {
    public let p: Double
    public let win: Double
    public let loss: Double

    public init(p: Double, win: Double, loss: Double = 1) {
        self.p = p
        self.win = win
        self.loss = loss
    }

    public var mean: Double { p * win - (1 - p) * loss }

    /// F* = p / l - q / w, floored at 0; with loss 1 this is ((b + 1) p - 1) / b.
    public var fraction: Double { max(0, p / loss - (1 - p) / win) }

    /// Growth per bet at a fraction of equity.
    public func growth(at fraction: Double) -> Double {
        Kelly.growth(at: fraction, probabilities: [p, 1 - p], returns: [win, -loss])
    }
}
