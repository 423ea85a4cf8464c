// What a case may ask of the world round a venue: prices, liquidity, broken connections, refusals, a person
// at the account. Each venue under test brings about those it can and says which.
import Kernel
import Trading

enum Circumstance: Sendable {
    /// The last price is this; resting orders it passes trade with what is offered there.
    case price(Price)
    /// So many levels on each side with so much on each; no levels: nobody trades.
    case liquidity(levels: Int, each: Quantity)
    case usualLiquidity
    case passing(TimeSpan)
    /// While the next such request is on its way to the venue.
    case before(Request, [Circumstance])
    /// The next such request never reaches the venue, or is done and its answer lost.
    case requestLost(Request), answerLost(Request)
    /// The next such request is given up by us and still on its way; later it arrives after all.
    case held(Request), heldArrives
    case serverError(Request, status: Int, accepted: Bool)
    /// The next such request is done, and answered with something else: a page with status 200, too much, so many
    /// bytes of the answer, or the answer about another symbol or order or with an unknown word for the status.
    case page(Request), huge(Request), truncated(Request, bytes: Int)
    case otherSymbol(Request), otherClientId(Request, ClientOrderId), unknownStatus(Request)
    /// The next answer about a list still calls it executing.
    case laggingList
    /// Of the next answer with trades.
    case doubledTrades, reversedTrades, missingTrade
    /// The account holds some of the asset that fees are taken in first.
    case feeAsset(Currency, FixedDecimal)
    case rateLimit(TimeSpan), ban(TimeSpan)
    /// Server errors to everything, until it is over.
    case maintenance(Bool)
    /// Nothing listens there any more.
    case gone
    /// New orders in ten seconds.
    case orderQuota(Int)
    case clockSkew(TimeSpan)
    case wrongSecret, keyRevoked, keyMayNotTrade, keyMayWithdraw
    case rules(@Sendable (inout InstrumentRules) -> Void)
    case status(InstrumentRules.Status)
    /// A person on the same account: takes money away, or places a resting order.
    case withdrawn(FixedDecimal, Currency), orderByHand(ClientOrderId, Quantity, Price)

    /// What it is asked for, in a venue's own list of what can be arranged.
    enum Kind: String, CaseIterable, Sendable {
        case price, liquidity, before, requestLost, answerLost, held, serverError, malformed, distortedTrades, feeAsset, rateLimit, ban, maintenance,
            gone
        case orderQuota, clockSkew
        case keys, rules, person
    }
}

/// Which request a circumstance waits for.
enum Request: String, Sendable { case submit, submitList, cancel, cancelList, replace, ask, askList, trades, account }
