// Everything a person can set, as one value. `default` is what runs with nothing configured: the
// synthetic market, paper money, the indicator analysts and the console.

public struct CarillonSettings: Hashable, Codable, Sendable {
    public var account = AccountSettings()
    public var feeds = FeedSettings()
    public var exchange = ExchangeSettings()
    public var universe = UniverseSettings()
    public var cycle = CycleSettings()
    public var panel = PanelSettings()
    public var instances: [InstanceSettings] = []
    public var models = ModelSettings()
    public var consensus = ConsensusSettings()
    public var risk = RiskLimits()
    public var bracket = BracketSettings()
    public var fills = FillSettings()
    public var telegram = TelegramSettings()
    public var report = ReportSettings()
    public var paths = PathSettings()

    public init() {}

    public static let `default` = CarillonSettings()

    /// Everything that keeps these settings from being used; empty if they may be.
    public func problems() -> [SettingProblem] {
        account.problems() + feeds.problems() + exchange.problems() + universe.problems() + cycle.problems()
            + panel.problems(agreements: consensus.agreements) + InstanceSettings.problems(instances, account: account)
            + models.problems(panel: panel) + consensus.problems()
            + risk.problems() + bracket.problems() + fills.problems() + telegram.problems() + paths.problems()
    }
}
