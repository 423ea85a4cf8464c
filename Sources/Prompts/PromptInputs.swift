// Everything one question to an analyst is made of. It is built from the frozen snapshot and public rules
// alone, so that nothing of the account can slip in.
public import Analysis
public import Kernel
public import Market

/// The rules of the trade that a model is given: what it costs and where it ends.
public struct PromptRules: Hashable, Sendable {
    /// Shares: 0.001 is 0.1 %.
    public var fee: Ratio
    public var slippage: Ratio
    public var stop: Ratio
    public var targets: [Ratio]
    public var horizonHours: Int

    public init(
        fee: Ratio = "0.001", slippage: Ratio = "0.001", stop: Ratio = "0.03", targets: [Ratio] = ["0.03", "0.05", "0.08"], horizonHours: Int = 24
    ) {
        self.fee = fee
        self.slippage = slippage
        self.stop = stop
        self.targets = targets
        self.horizonHours = horizonHours
    }

    /// What buying and selling again costs, percent of the notional: 1 - (1-s)(1-f)²/(1+s).
    var roundTripPercent: Double {
        let (f, s) = (fee.double, slippage.double)
        return (1 - (1 - s) * (1 - f) * (1 - f) / (1 + s)) * 100
    }
}

public struct PromptInputs: Sendable {
    /// Hourly candles a decision shows.
    public static let candleLimit = 48

    public let time: Timestamp
    public let quote: Currency
    public let instruments: [InstrumentFacts]
    /// The symbol a decision is about; nil for a shortlist.
    public let symbol: Symbol?
    /// Closed hourly candles of `symbol`, oldest first.
    public let candles: [Candle]
    /// Oldest first.
    public let news: [PromptNews]
    /// 0 (extreme fear) to 100 (extreme greed).
    public let sentiment: Int?
    public let rules: PromptRules

    /// - Parameters:
    ///   - symbol: what a decision is about; nil for a shortlist.
    ///   - baseRates: share of the past in which the first target came before the stop.
    public init(
        _ snapshot: MarketSnapshot, quote: Currency, symbol: Symbol? = nil, rules: PromptRules = PromptRules(), baseRates: [Symbol: Double] = [:]
    ) {
        time = snapshot.asOf
        self.quote = quote
        self.symbol = symbol
        let views = symbol.map { asked in snapshot.views.filter { $0.symbol == asked } } ?? snapshot.views
        instruments = views.map { InstrumentFacts($0, baseRate: baseRates[$0.symbol]) }
        candles = symbol.flatMap { snapshot.view($0) }.map { Array($0.candles.suffix(Self.candleLimit)) } ?? []
        news = PromptNews.latest(snapshot.news, at: snapshot.asOf)
        sentiment = snapshot.sentiment.map { min(100, max(0, $0)) }
        self.rules = rules
    }

    /// The symbols an answer may name, as the prompt spells them.
    public var offered: [String] { instruments.map(\.symbol.description) }
}
