// Which strategies trade, each under a name of its own. With none the panel trades by itself.
public import Kernel
public import Market

public struct InstanceSettings: Hashable, Codable, Sendable {
    public struct Value: Hashable, Codable, Sendable {
        public let parameter: String
        public let value: FixedDecimal
        public init(parameter: String, value: FixedDecimal) {
            self.parameter = parameter
            self.value = value
        }
    }

    /// Positions, messages and the journal carry it.
    public var name: String
    public var strategy: String
    /// The version that is meant; nil for whichever the file has.
    public var version: Int?
    /// Whose money it trades; this version has one account, `paper`.
    public var account: String
    public var mode: AccountMode
    /// Instead of the strategy's own; nil leaves those.
    public var symbols: [Symbol]?
    /// Instead of the strategy's defaults, in the order of the parameters' names.
    public var parameters: [Value]

    public init(
        name: String, strategy: String, version: Int? = nil, account: String = "paper", mode: AccountMode = .paper, symbols: [Symbol]? = nil,
        parameters: [Value] = []
    ) {
        self.name = name
        self.strategy = strategy
        self.version = version
        self.account = account
        self.mode = mode
        self.symbols = symbols
        self.parameters = parameters
    }

    /// A longer list is a slip of the pen: each instance reads candles of its own.
    static let most = 50

    /// - Parameter account: what the positions are paid from.
    static func problems(_ instances: [InstanceSettings], account: AccountSettings) -> [SettingProblem] {
        var list = ProblemList("")
        if instances.count > most { list.add("instances", "\(instances.count) instances found, at most \(most) trade side by side") }
        var seen: Set<String> = []
        for (index, instance) in instances.enumerated() {
            if !seen.insert(instance.name).inserted {
                list.add("instances.\(index).name", "\(Echo.quoted(instance.name)) is the name of two instances")
            }
            if instance.account != "paper" {
                list.add("instances.\(index).account", "there is no account \(Echo.quoted(instance.account)); this version has one, 'paper'")
            }
            if instance.mode != account.mode {
                list.add(
                    "instances.\(index).mode", "\(instance.mode.rawValue) needs an account of that mode; account.mode is \(account.mode.rawValue)")
            }
            for symbol in instance.symbols ?? [] where symbol.quote != account.quote {
                list.add(
                    "instances.\(index).symbols", "\(symbol) is not paid for in \(account.quote), which is what the account holds (account.quote)")
            }
        }
        return list.problems
    }
}
