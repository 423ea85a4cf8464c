// `carillon exchange-info`: an exchange's rules for one pair, and its clock. Needs no key.
import ArgumentParser
import Domain
import Messaging
import Ports

struct ExchangeInfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "exchange-info", abstract: "Show an exchange's rules for one pair.",
                                                    discussion: "Needs no key. Example: carillon exchange-info BTC/USDT --host testnet")
    @OptionGroup var options: ExchangeOptions
    @Argument(help: "The pair, e.g. BTC/USDT.")
    var symbol: String

    mutating func run() async throws {
        try await printed {
            let exchange = try ExchangeAssembly.anonymous(options)
            let rules = try await ExchangeArguments.rules(of: symbol, exchange)
            let clock = try await exchange.asked { try await exchange.measureClock() }
            Terminal.out(options.json ? Self.json(rules, clock, exchange.venue) : Self.screen(rules, clock, exchange.venue))
        }
    }

    private static func rows(_ rules: InstrumentRules) -> [(String, FixedDecimal?)] {
        [("tick", rules.price.step), ("lowest price", rules.price.minimum), ("highest price", rules.price.maximum), ("lot", rules.lot.step),
         ("smallest quantity", rules.lot.minimum), ("largest quantity", rules.lot.maximum), ("largest market quantity", rules.marketLot.maximum),
         ("smallest order", rules.notional?.minimum), ("largest order", rules.notional?.maximum)]
    }

    private static func counts(_ rules: InstrumentRules) -> [(String, Int?)] {
        [("open orders", rules.maximumOrders), ("orders with a trigger", rules.maximumAlgoOrders), ("order lists", rules.maximumOrderLists)]
    }

    private static func status(_ rules: InstrumentRules) -> String {
        switch rules.status {
        case .trading: "trading"
        case .halted: "halted"
        case .cancelOnly: "cancels only"
        case .unrecognised(let word): "unrecognised: \(SafeReason.line(word))"
        }
    }

    private static func types(_ rules: InstrumentRules) -> [String] {
        OrderType.allCases.filter(rules.orderTypes.contains).map(\.rawValue) + OrderListKind.allCases.filter(rules.orderLists.contains).map(\.rawValue)
    }

    private static func screen(_ rules: InstrumentRules, _ clock: VenueClock, _ venue: String) -> String {
        var lines = [Terminal.bold("\(rules.symbol) on \(venue): \(status(rules))")]
        for (name, value) in rows(rules) { if let value { lines.append("  \(name.padded(to: 30))\(value)") } }
        for (name, value) in counts(rules) { if let value { lines.append("  \("most " + name)".padded(to: 30) + "\(value)") } }
        lines.append("  \("orders".padded(to: 30))\(types(rules).joined(separator: ", "))")
        lines.append("  \("clock".padded(to: 30))\(clock.offset.milliseconds) ms from ours, asked in \(clock.roundTrip.milliseconds) ms")
        return lines.joined(separator: "\n")
    }

    private static func json(_ rules: InstrumentRules, _ clock: VenueClock, _ venue: String) -> String {
        JSONOutput.object([
            ("venue", .text(venue)), ("symbol", .text(rules.symbol.description)), ("status", .text(status(rules))), ("tickSize", .decimal(rules.price.step)),
            ("minPrice", .decimal(rules.price.minimum)), ("maxPrice", .decimal(rules.price.maximum)), ("lotStep", .decimal(rules.lot.step)),
            ("minQuantity", .decimal(rules.lot.minimum)), ("maxQuantity", .decimal(rules.lot.maximum)), ("maxMarketQuantity", .decimal(rules.marketLot.maximum)),
            ("minNotional", .decimal(rules.notional?.minimum)), ("maxNotional", .decimal(rules.notional?.maximum)),
            ("maxOrders", rules.maximumOrders.map { .number("\($0)") } ?? .text(nil)), ("maxAlgoOrders", rules.maximumAlgoOrders.map { .number("\($0)") } ?? .text(nil)),
            ("maxOrderLists", rules.maximumOrderLists.map { .number("\($0)") } ?? .text(nil)), ("orders", .list(types(rules).map { .text($0) })),
            ("clockOffsetMs", .number("\(clock.offset.milliseconds)")), ("roundTripMs", .number("\(clock.roundTrip.milliseconds)")),
        ])
    }
}
