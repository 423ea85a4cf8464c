// What the commands that speak to an exchange by hand have in common: which host, which pair, which order.
import ArgumentParser
import SettingsFiles
import Domain
import Ports

struct ExchangeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("testnet, demo, live (to look at only), or an address on this machine.", discussion: "Else exchange.host of the configuration."))
    var host: String?
    @Option(help: ArgumentHelp("The configuration file.", discussion: "Else ./config/carillon.yaml, the XDG configuration folder, or /etc/carillon."))
    var config: String?
    @Flag(help: "Print facts as one JSON object.")
    var json = false

    /// The settings in force, with `--host` in its place.
    func settings() throws -> ExchangeSettings {
        var settings = try Session.settings(config: config).settings.exchange
        if let host { settings.host = host }
        if let problem = settings.problems().first { throw Failure(.usage, "--host \(SafeReason.line(host ?? settings.host)): \(problem.message)") }
        return settings
    }
}

enum ExchangeArguments {
    /// `BTC/USDT`; also `BTCUSDT` where the exchange has exactly that pair.
    static func rules(of text: String, _ exchange: any Exchange) async throws -> InstrumentRules {
        let wanted = text.uppercased()
        let all = try await exchange.asked { try await exchange.rules() }
        if let found = all.first(where: { $0.symbol.description == wanted || $0.symbol.joined == wanted }) { return found }
        throw Failure(.usage, "\(exchange.venue) has no spot pair \(SafeReason.line(text)); a pair is written BTC/USDT")
    }

    static func decimal(_ text: String, _ name: String) throws(Failure) -> FixedDecimal {
        guard let value = FixedDecimal(text), value.isPositive else { throw Failure(.usage, "--\(name) \(SafeReason.line(text)): expected a number above zero such as 0.25") }
        return value
    }

    static func price(_ text: String, _ name: String) throws(Failure) -> Price {
        guard let price = Price(try decimal(text, name)) else { throw Failure(.usage, "--\(name) \(SafeReason.line(text)): no price is that high") }
        return price
    }

    static func quantity(_ text: String, _ name: String) throws(Failure) -> Quantity {
        guard let quantity = Quantity(try decimal(text, name)) else { throw Failure(.usage, "--\(name) \(SafeReason.line(text)): no quantity is that large") }
        return quantity
    }

    static func clientId(_ text: String) throws(Failure) -> ClientOrderId {
        guard let id = ClientOrderId(text) else { throw Failure(.usage, "\(SafeReason.line(text)) is no client order id: 1 to 36 letters, digits, - and _") }
        return id
    }
}

extension Exchange {
    /// Asks, and says an error as a command says it.
    func asked<Answer: Sendable>(_ question: () async throws -> Answer) async throws -> Answer {
        do { return try await question() } catch let error as ExchangeError { throw Failure(error, at: venue) }
    }
}

extension Failure {
    /// What, where, and what to do. Exit codes: 65 refused, 69 unreachable or asked for silence, 75 outcome not known, 77 key refused.
    init(_ error: ExchangeError, at venue: String) {
        self = switch error {
        case .rejected(let rejection): Failure(.data, "\(venue) refused: \(rejection.detail)")
        case .rateLimited(let until): Failure(.unavailable, "\(venue) was asked too much; nothing was done, ask again after \(until)")
        case .banned(let until): Failure(.unavailable, "\(venue) has banned this address until \(until); asking earlier makes it longer")
        case .authentication(let detail): Failure(.noPermission, "\(venue) refused the key: \(detail); check the key, its permissions and its addresses")
        case .clockSkew(let detail): Failure(.unavailable, "\(venue) and this machine disagree about the time: \(detail); set the clock right (timedatectl)")
        case .unavailable(let detail): Failure(.unavailable, "\(venue) could not be asked: \(detail); nothing was done")
        case .outcomeUnknown(let detail): Failure(.temporary, "\(venue) gave no answer that counts (\(detail)): it may have been done; ask before sending again")
        case .malformed(let detail): Failure(.temporary, "\(venue) gave an answer that makes no sense (\(detail)); after an order or a cancel it may have been done, so ask before sending again")
        case .unsupported(let detail): Failure(.usage, detail)
        }
    }
}
