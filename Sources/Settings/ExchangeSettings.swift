// Which exchange's account the terminal commands speak to. Orders go to test hosts and to servers on this
// machine only; this version has no other.
public import Kernel

public struct ExchangeSettings: Hashable, Codable, Sendable {
    /// `testnet`, `demo`, `live` (for looking), or an address on this machine.
    public var host = "testnet"
    /// For how long after it was stamped the exchange may take a request.
    public var receiveWindow = TimeSpan.seconds(5)

    public init() {}

    public static let words = ["testnet", "demo", "live"]

    public func problems() -> [SettingProblem] {
        var list = ProblemList("exchange")
        if !Self.words.contains(host) {
            if WebAddress.problem(host) != nil || !WebAddress.isLoopback(host) {
                list.add("host", "expected testnet, demo, live, or an address on this machine such as http://127.0.0.1:8080")
            }
        }
        list.require("receiveWindow", receiveWindow, in: .seconds(1)...(.seconds(60)))
        return list.problems
    }
}
