// Where requests go. Promise: orders reach the testnet, the demo and this machine only; on the live host this
// version reads and changes nothing.

public struct BinanceHost: Hashable, Sendable {
    /// Without a slash at its end.
    public let baseURL: String
    /// Whether orders and cancels may be sent there.
    let takesChanges: Bool
    /// Whether it has the wallet's calls: key permissions and fees.
    let hasWallet: Bool

    /// Real money: read only in this version.
    public static let live = live(takesChanges: false)
    public static let testnet = BinanceHost("https://testnet.binance.vision", takesChanges: true, hasWallet: false)
    /// Live prices, play money.
    public static let demo = BinanceHost("https://demo-api.binance.com", takesChanges: true, hasWallet: false)

    /// A server on this machine: `http://127.0.0.1:8080`, `http://localhost`, `http://[::1]:8080`; nil for any other address.
    public static func loopback(_ url: String) -> BinanceHost? {
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        for head in ["http://127.0.0.1", "http://localhost", "http://[::1]"] where base.hasPrefix(head) {
            let rest = base.dropFirst(head.count)
            let isPort = rest.first == ":" && rest.dropFirst().utf8.allSatisfy { (48...57).contains($0) } && UInt16(rest.dropFirst()) != nil
            if rest.isEmpty || isPort { return BinanceHost(base, takesChanges: true, hasWallet: true) }
        }
        return nil
    }

    /// From a setting: `live`, `testnet`, `demo`, or a loopback address. nil for anything else.
    public init?(_ setting: String) {
        switch setting {
        case "live": self = .live
        case "testnet": self = .testnet
        case "demo": self = .demo
        default:
            guard let host = Self.loopback(setting) else { return nil }
            self = host
        }
    }

    /// The live host with its guard as a parameter: not public, so that no setting can lift it.
    static func live(takesChanges: Bool) -> BinanceHost { BinanceHost("https://api.binance.com", takesChanges: takesChanges, hasWallet: true) }

    private init(_ baseURL: String, takesChanges: Bool, hasWallet: Bool) {
        self.baseURL = baseURL
        self.takesChanges = takesChanges
        self.hasWallet = hasWallet
    }
}
