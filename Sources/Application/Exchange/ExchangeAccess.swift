// The exchange that a person speaks to by hand, with the key of the environment.
import HTTPClient
import Kernel
package import Ports
import Settings
import SettingsFiles
import Signing
import VenueBinance

package struct ExchangeAccess: Sendable {
    private let caller: Caller
    private let host: String?

    /// - Parameter host: the one a person named; nil for the settings' one.
    package init(_ caller: Caller, host: String?) {
        self.caller = caller
        self.host = host
    }

    /// The settings in force, with the host a person named in its place.
    private func settings() throws(Failure) -> ExchangeSettings {
        var settings = try caller.settings().settings.exchange
        if let host { settings.host = host }
        if let problem = settings.problems().first { throw Failure(.usage, "--host \(SafeText.typed(host ?? settings.host)): \(problem.message)") }
        return settings
    }

    /// For public questions: no key is read.
    package func anonymous() throws(Failure) -> any Exchange { try exchange(try settings(), key: nil) }

    /// With the key of the environment or of a systemd credential, and the exchange's clock measured: what is signed carries its time.
    package func signed() async throws -> any Exchange {
        let exchange = try exchange(try settings(), key: try key())
        _ = try await exchange.asked { try await exchange.measureClock() }
        return exchange
    }

    /// The same for orders and cancels: refused on a live exchange before anything is asked.
    package func trading() async throws -> any Exchange {
        guard try settings().host != "live" else {
            throw Failure(
                .usage,
                "orders on a live exchange are refused in this version; --host testnet, demo or a server on this machine takes them; nothing was sent"
            )
        }
        return try await signed()
    }

    private func exchange(_ settings: ExchangeSettings, key: BinanceKey?) throws(Failure) -> any Exchange {
        guard let host = BinanceHost(settings.host) else {
            throw Failure(.usage, "--host \(SafeText.typed(settings.host)): expected testnet, demo, live or http://127.0.0.1:PORT")
        }
        let clock = SystemClock()
        return BinanceExchange(
            venue: "binance \(settings.host)", host: host, key: key, transport: CurlTransport(version: Version.number),
            limits: limits(settings.host, clock),
            clock: clock, receiveWindow: settings.receiveWindow)
    }

    /// A ban by the live exchange is for every program on this machine, and outlives the one that met it (fault 22).
    private func limits(_ host: String, _ clock: any Clock) -> BinanceLimits {
        guard host == "live", let place = try? HomeLocator(environment: caller.environment).locate() else { return BinanceLimits(clock: clock) }
        let home = HomeFolder(path: place.path)
        return BinanceLimits(clock: clock, bannedUntil: home.ban(at: clock.now), onBan: { home.keepBan(until: $0) })
    }

    private func key() throws(Failure) -> BinanceKey {
        let secrets = SecretSources(environment: caller.environment)
        func secret(_ name: SecretName) throws(Failure) -> Secret? {
            do { return try secrets.secret(name) } catch { throw Self.missing(error.description) }
        }
        guard let name = try secret(.binanceKey) else { throw Self.missing("no key: set \(SecretName.binanceKey.variable)") }
        if let pem = try secret(.binancePrivateKey) {
            guard let key = Ed25519Key(pem: pem.reveal()) else {
                throw Self.missing(
                    "\(SecretName.binancePrivateKey.variable) is not an Ed25519 private key in PEM (openssl genpkey -algorithm ed25519 makes one)")
            }
            return BinanceKey(name: name, ed25519: key)
        }
        guard let secret = try secret(.binanceSecret) else {
            throw Self.missing("a key without its secret: set \(SecretName.binanceSecret.variable), or \(SecretName.binancePrivateKey.variable)")
        }
        return BinanceKey(name: name, secret: secret)
    }

    private static func missing(_ what: String) -> Failure { Failure(.configuration, "\(what); nothing was sent") }
}
