// What an account pays for a trade, and in which asset.
public import Kernel
import Market
import Trading

/// The asset a fee is taken in.
public enum FeeAsset: Hashable, Sendable {
    /// Base on a buy, quote on a sell.
    case received
    case quote
    /// An asset of its own at a fixed price in units of each quote currency. A quote without a price, or too
    /// little of the asset, falls back to what was received.
    case third(Currency, prices: [Currency: Price])
}

/// Shares of what a trade moves, from 0 to 1.
public struct FeeSchedule: Hashable, Sendable {
    public let maker: Ratio
    public let taker: Ratio
    public let payIn: FeeAsset

    public init(maker: Ratio, taker: Ratio, payIn: FeeAsset = .received) {
        precondition([maker, taker].allSatisfy { $0 >= .zero && $0 <= .one }, "a fee is a share from 0 to 1")
        self.maker = maker
        self.taker = taker
        self.payIn = payIn
    }

    public static let free = FeeSchedule(maker: .zero, taker: .zero)

    func rate(isMaker: Bool) -> Ratio { isMaker ? maker : taker }
}

/// One account's side of a trade, as far as its fee depends on it.
struct FeeBasis {
    let symbol: Symbol
    let side: Side
    let quantity: FixedDecimal
    let notional: FixedDecimal

    var receivedAsset: Currency { side == .buy ? symbol.base : symbol.quote }
    var receivedAmount: FixedDecimal { side == .buy ? quantity : notional }

    /// Rate times what was received, rounded up at 8 places; never more than was received.
    func feeInReceived(_ rate: Ratio) -> Money {
        let fee = receivedAmount.times(rate.value, rounding: .up).rounded(places: 8, .up)
        return Money(min(fee, receivedAmount), receivedAsset)
    }

    /// The fee in the asset the schedule names; nil if it has no price there.
    func preferredFee(_ rate: Ratio, _ asset: FeeAsset) -> Money? {
        let inQuote = notional.times(rate.value, rounding: .up)
        switch asset {
        case .received: return feeInReceived(rate)
        case .quote: return side == .sell ? feeInReceived(rate) : Money(inQuote.rounded(places: 8, .up), symbol.quote)
        case .third(let currency, let prices):
            guard let price = prices[symbol.quote] else { return nil }
            return inQuote.checkedDivided(by: price.value, rounding: .up).map { Money($0.rounded(places: 8, .up), currency) }
        }
    }
}
