// Why a breaker tripped, as a value with its numbers.
public import Kernel
public import Market
public import Trading

public enum BreakerCause: Hashable, Codable, Sendable {
    case lossesInARow(Int)
    case dayLost(Money, share: Ratio, limit: FixedDecimal, shareLimit: Ratio)
    /// Below the highest equity.
    case fallen(Ratio, limit: Ratio)
    /// A sale ended without being filled, in the venue's words.
    case unsold(Symbol, ClientOrderId, why: String)
    /// More was executed than the venue lists fills for.
    case unlisted(Quantity, ClientOrderId, venue: String)
    case contradiction(ClientOrderId, ordered: Quantity, OrderContradiction)
    /// Coins came after their trade had ended.
    case boughtAfterEnd(Symbol, ClientOrderId)
    /// No bracket fits what was bought.
    case unguarded(Symbol, ClientOrderId)
    case oversold(Money, ClientOrderId, TradeId)
    /// In the words of whoever found it.
    case said(String)
}
