// Why the venue does not take a request. A refused request leaves no trace and takes no id.
public import Trading

public enum Refusal: Error, Hashable, Sendable {
    case unknownSymbol
    /// The symbol is not trading: halted, or cancels only.
    case marketClosed
    /// The symbol does not take orders, or lists, of this kind.
    case unsupportedType
    case quoteAmountNotAllowed
    case filter(InstrumentFilter)
    /// The client id stands on an open order (or list) of this account already.
    case duplicateOrder
    /// Wrong kinds of legs, or prices on the wrong side of the market or each other.
    case invalidList
    case wouldTriggerImmediately
    case wouldMatchImmediately
    case insufficientBalance
    /// Nothing open of this account has that name.
    case unknownOrder
}
