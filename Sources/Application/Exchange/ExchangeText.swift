// What a person writes of an order: a pair, amounts, prices, an id.
import Kernel
import Market
import Ports
import Trading

enum ExchangeText {
    /// `BTC/USDT`; also `BTCUSDT` if the exchange has exactly that pair.
    static func rules(of text: String, _ exchange: any Exchange) async throws -> InstrumentRules {
        let wanted = text.uppercased()
        let all = try await exchange.asked { try await exchange.rules() }
        if let found = all.first(where: { $0.symbol.description == wanted || $0.symbol.joined == wanted }) { return found }
        throw Failure(.usage, "\(exchange.venue) has no spot pair \(SafeText.typed(text)); a pair is written BTC/USDT")
    }

    static func decimal(_ text: String, _ name: String) throws(Failure) -> FixedDecimal {
        guard let value = FixedDecimal(text), value.isPositive else {
            throw Failure(.usage, "--\(name) \(SafeText.typed(text)): expected a number above zero such as 0.25")
        }
        return value
    }

    static func price(_ text: String, _ name: String) throws(Failure) -> Price {
        guard let price = Price(try decimal(text, name)) else { throw Failure(.usage, "--\(name) \(SafeText.typed(text)): no price is that high") }
        return price
    }

    static func quantity(_ text: String, _ name: String) throws(Failure) -> Quantity {
        guard let quantity = Quantity(try decimal(text, name)) else {
            throw Failure(.usage, "--\(name) \(SafeText.typed(text)): no quantity is that large")
        }
        return quantity
    }

    static func clientId(_ text: String) throws(Failure) -> ClientOrderId {
        guard let id = ClientOrderId(text) else {
            throw Failure(.usage, "\(SafeText.typed(text)) is not a client order id; use 1 to 36 letters, digits, - and _")
        }
        return id
    }

    /// All digits: the exchange's number; else ours.
    static func orderName(_ text: String) throws(Failure) -> OrderReference.Name {
        if text.utf8.allSatisfy({ (48...57).contains($0) }), let id = VenueOrderId(text) { return .venue(id) }
        return .client(try clientId(text))
    }
}

extension Exchange {
    /// Asks, and words an error as a command does.
    func asked<Answer: Sendable>(_ question: () async throws -> Answer) async throws -> Answer {
        do { return try await question() } catch let error as ExchangeError { throw Failure(error, at: venue) }
    }
}
