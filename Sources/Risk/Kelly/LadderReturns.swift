// What each end of the ladder brings, both fees and slippage included. By
// definition r = Σ w (1 + x) (1 - s) (1 - f)² / (1 + s) - 1 (fee in base on the buy, in quote on the sell).

/// Cost rates of one side of a trade, as shares: fee 0.001, slippage 0.001.
public struct TradingCosts: Hashable, Codable, Sendable {
    public let fee: Double
    public let slippage: Double
    public init(fee: Double, slippage: Double) {
        self.fee = fee
        self.slippage = slippage
    }

    /// What is left of a notional after buying and selling at one and the same price.
    public var kept: Double { (1 - slippage) * (1 - fee) * (1 - fee) / (1 + slippage) }
    /// The cost of a round trip as a share of the notional: 0.399 % at 0.1 % fee and 10 bps slippage.
    public var roundTrip: Double { 1 - kept }
}

extension LadderTerms {
    /// Net return per unit of notional for each outcome, in order: stop, one rung then out, ..., all.
    public func netReturns(_ costs: TradingCosts) -> [Double] {
        grossReturns.map { (1 + $0) * costs.kept - 1 }
    }

    /// The same before costs.
    public var grossReturns: [Double] {
        (0..<outcomes).map { rungs in
            var value = 0.0, sold = 0.0
            for rung in 0..<rungs {
                value += shares[rung] * targets[rung]
                sold += shares[rung]
            }
            return rungs == targets.count ? value : value + (1 - sold) * floors[rungs]
        }
    }
}
