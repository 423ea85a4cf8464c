// Builds the exchange that commands speak to by hand, with the key of the environment.
import SettingsFiles
import Domain
import Exchanges
import HTTPClient
import Ports
import Signing

enum ExchangeAssembly {
    /// For public questions: no key is read.
    static func anonymous(_ options: ExchangeOptions) throws -> any Exchange { try exchange(options, key: nil) }

    /// With the key of the environment or of a systemd credential, and the exchange's clock measured: what is signed carries its time.
    static func signed(_ options: ExchangeOptions) async throws -> any Exchange {
        let exchange = try exchange(options, key: try key())
        _ = try await exchange.asked { try await exchange.measureClock() }
        return exchange
    }

    /// The same for orders and cancels: refused on a live exchange before anything is asked.
    static func trading(_ options: ExchangeOptions) async throws -> any Exchange {
        guard try options.settings().host != "live" else {
            throw Failure(.usage, "orders on a live exchange are refused in this version; --host testnet, demo or a server on this machine takes them; nothing was sent")
        }
        return try await signed(options)
    }

    private static func exchange(_ options: ExchangeOptions, key: BinanceKey?) throws -> any Exchange {
        let settings = try options.settings()
        guard let host = BinanceHost(settings.host) else { throw Failure(.usage, "--host \(SafeReason.line(settings.host)): expected testnet, demo, live or http://127.0.0.1:PORT") }
        let clock = SystemClock()
        return BinanceExchange(venue: "binance \(settings.host)", host: host, key: key, transport: CurlTransport(version: Version.number), limits: limits(settings.host, clock),
                               clock: clock, receiveWindow: settings.receiveWindow)
    }

    /// A ban by the live exchange is for every program on this machine, and outlives the one that met it (fault 22).
    private static func limits(_ host: String, _ clock: any Clock) -> BinanceLimits {
        guard host == "live", let place = try? HomeLocator(environment: Session.environment).locate() else { return BinanceLimits(clock: clock) }
        let home = HomeFolder(path: place.path)
        return BinanceLimits(clock: clock, bannedUntil: home.ban(at: clock.now), onBan: { home.keepBan(until: $0) })
    }

    private static func key() throws -> BinanceKey {
        let secrets = SecretSources(environment: Session.environment)
        do {
            guard let name = try secrets.secret(.binanceKey) else { throw missing("no key: set \(SecretName.binanceKey.variable)") }
            if let pem = try secrets.secret(.binancePrivateKey) {
                guard let key = Ed25519Key(pem: pem.reveal()) else {
                    throw missing("\(SecretName.binancePrivateKey.variable) is no Ed25519 private key in PEM (openssl genpkey -algorithm ed25519 makes one)")
                }
                return BinanceKey(name: name, ed25519: key)
            }
            guard let secret = try secrets.secret(.binanceSecret) else {
                throw missing("a key without its secret: set \(SecretName.binanceSecret.variable), or \(SecretName.binancePrivateKey.variable)")
            }
            return BinanceKey(name: name, secret: secret)
        } catch let error as SecretError {
            throw missing(error.description)
        }
    }

    private static func missing(_ what: String) -> Failure { Failure(.configuration, "\(what); nothing was sent") }
}
