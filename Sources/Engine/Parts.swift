// Everything the engine may touch, handed in once. What is not in this list it cannot do.
public import Market
public import Ports
public import Settings
public import Strategies
public import Trading

public struct Parts: Sendable {
    public let settings: CarillonSettings
    public let journal: any Journal
    public let market: any MarketFeed
    public let exchange: any Exchange
    public let clock: any Clock
    public let observer: any MarketObserver
    public let panel: any Panel
    /// The strategies that trade.
    public let instances: [StrategyInstance]
    /// Strategies that should trade and cannot, and why; each summary names them.
    public let unusable: [String]
    /// SHA-256 in hexadecimal.
    public let hash: @Sendable ([UInt8]) -> String
    /// Makes a blob smaller.
    public let compress: @Sendable ([UInt8]) -> [UInt8]
    /// A reason while the kill switch file is there (or cannot be read); nil otherwise.
    public let killSwitch: @Sendable () -> String?
    public let versions: Versions
    /// How prices of what is held are asked for.
    public let fetching: any Fetching
    /// Measures our clock against the venue's; nil if prices are made for whatever time is asked for.
    public let venueClock: (@Sendable () async throws(FeedError) -> VenueClock)?
    /// How the clock's moment came to be believed; nil if the time is given and needs no belief.
    public let time: BelievedTime?

    public init(
        settings: CarillonSettings, journal: any Journal, market: any MarketFeed, exchange: any Exchange, clock: any Clock,
        observer: any MarketObserver, panel: any Panel, instances: [StrategyInstance] = [], unusable: [String] = [],
        hash: @escaping @Sendable ([UInt8]) -> String, compress: @escaping @Sendable ([UInt8]) -> [UInt8],
        killSwitch: @escaping @Sendable () -> String?, versions: Versions, fetching: any Fetching = DirectFetching(),
        venueClock: (@Sendable () async throws(FeedError) -> VenueClock)? = nil, time: BelievedTime? = nil
    ) {
        self.settings = settings
        self.journal = journal
        self.market = market
        self.exchange = exchange
        self.clock = clock
        self.observer = observer
        self.panel = panel
        self.instances = instances
        self.unusable = unusable
        self.hash = hash
        self.compress = compress
        self.killSwitch = killSwitch
        self.versions = versions
        self.fetching = fetching
        self.venueClock = venueClock
        self.time = time
    }

    /// The same parts with another memory.
    public func with(journal: any Journal) -> Parts {
        Parts(
            settings: settings, journal: journal, market: market, exchange: exchange, clock: clock, observer: observer, panel: panel,
            instances: instances, unusable: unusable, hash: hash, compress: compress, killSwitch: killSwitch, versions: versions,
            fetching: fetching, venueClock: venueClock, time: time)
    }

    /// If strategies are wanted, the panel only confirms, also while none of them can be used.
    var panelTrades: Bool { instances.isEmpty && unusable.isEmpty }
}

/// What a decision was made with.
public struct Versions: Hashable, Sendable {
    public let code: String
    public let settingsHash: String
    /// What that is the hash of; nil if it is kept elsewhere.
    public let settingsText: String?
    public let riskHash: String
    public let promptSetHash: String
    public init(code: String, settingsHash: String, settingsText: String? = nil, riskHash: String, promptSetHash: String) {
        self.settingsText = settingsText
        self.code = code
        self.settingsHash = settingsHash
        self.riskHash = riskHash
        self.promptSetHash = promptSetHash
    }
}
