// Why something that was wanted was not done: a closed list with numbers. What the gate refused carries the check's name, and
// the review beside it has that check's figures. Words are made where they are shown.
public import Analysis
public import Kernel
public import Market

public enum Refusal: Hashable, Codable, Sendable {
    // MARK: The instrument's own state
    case alreadyOpen
    /// Sold for an exit condition at this very close.
    case soldAtThisClose
    /// All of a strategy's places are taken.
    case noRoom(open: Int, limit: Int)
    case stoppedOut(at: Timestamp, until: Timestamp)
    // MARK: The moment
    /// Nobody confirms the time that our clock gives.
    case clockInDoubt
    case clockOff(offset: TimeSpan, limit: TimeSpan)
    case snapshotOld(age: TimeSpan, limit: TimeSpan)
    case answersOld(age: TimeSpan, limit: TimeSpan)
    /// The candle that was judged closed too long ago.
    case closeOld(age: TimeSpan, limit: TimeSpan)
    // MARK: The price
    case noPrice
    /// The venue's rules for the instrument could not be read.
    case noRules
    /// Too few candles to tell how far a price moves in an hour.
    case noRange
    /// Since the snapshot, in quote units.
    case moved(by: Double, limit: Double)
    case farFromClose(price: Price, close: Price, share: Ratio, limit: Ratio)
    // MARK: What is held
    /// What is held has no sound prices to be compared with.
    case incomparable(with: Symbol)
    /// Its own hourly candles could not be read.
    case noHourlyCandles
    case alike(to: Symbol, correlation: Double, limit: Ratio)
    // MARK: The panel's confirmation
    case notAsked
    /// With a guard's own words if it objected.
    case notAgreed(KeptOut?, veto: String?)
    case conviction(Ratio, least: Ratio)
    // MARK: Size and gate
    /// The bracket's settings make no ladder.
    case noLadder
    case check(RiskCheckName)
    /// With the bound that left too little, Kelly's share of equity, and what that bound allows.
    case size(SizingRefusal, bound: SizingBound?, kelly: Double?, allowed: FixedDecimal?)
    // MARK: An exit
    case soldMeanwhile
    case saleUnderWay
    /// Of a version whose reasons cannot be read.
    case unread
}

extension Refusal {
    /// Why a size came to nothing; nil stands for numbers that make no size at all.
    public init(sizing: SizingReport?) {
        self = .size(
            sizing?.refusal ?? .malformed, bound: sizing?.bound, kelly: sizing?.fractions?.raw,
            allowed: sizing.flatMap { sizing in sizing.caps.first { $0.bound == sizing.bound }?.notional })
    }
}
