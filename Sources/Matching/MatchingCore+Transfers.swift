// Money that comes to an account from outside the venue, or leaves it: the other side is the market's account,
// so that the sum over all accounts stays what it is.
public import Kernel

extension MatchingCore {
    /// Brings `amount` in; a negative one is taken out, and refused if less is free.
    public mutating func transfer(_ amount: FixedDecimal, _ currency: Currency, to id: ParticipantId) throws(Refusal) {
        guard var account = accounts[id], var market = accounts[.market], id != .market else { return }
        guard !(account[currency].free + amount).isNegative else { throw .insufficientBalance }
        account.credit(amount, currency)
        market.credit(-amount, currency)
        accounts[id] = account
        accounts[.market] = market
    }
}
