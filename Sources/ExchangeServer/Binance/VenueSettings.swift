// The settings an exchange is opened with.
public import Kernel
public import Matching

public struct VenueSettings: Sendable {
    public var key: BinanceKey
    public var balances: [Currency: FixedDecimal]
    public var makerFee: Ratio = "0.001"
    public var takerFee: Ratio = "0.001"
    /// Binance: what was received, or BNB if the account holds some and has chosen so.
    public var feesIn = FeeAsset.received
    public var limits = RequestLimits()
    /// The hour of the history at which the market starts; nil: the history's clock is the venue's own.
    public var start: Timestamp?
    /// How many times faster than the venue's clock the market's path runs. The clock itself is never faster:
    /// clients sign with it.
    public var speed = 1

    public init(key: BinanceKey, balances: [Currency: FixedDecimal]) {
        self.key = key
        self.balances = balances
    }
}
