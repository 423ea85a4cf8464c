// An exchange's rules for one pair, and its clock.
import Kernel
package import Market
import Messaging
import Ports
package import Trading

package enum RulesScreen {
    private static func rows(_ rules: InstrumentRules) -> [(String, FixedDecimal?)] {
        [
            ("tick", rules.price.step), ("lowest price", rules.price.minimum), ("highest price", rules.price.maximum), ("lot", rules.lot.step),
            ("smallest quantity", rules.lot.minimum), ("largest quantity", rules.lot.maximum), ("largest market quantity", rules.marketLot.maximum),
            ("smallest order", rules.notional?.minimum), ("largest order", rules.notional?.maximum)
        ]
    }

    private static func counts(_ rules: InstrumentRules) -> [(String, Int?)] {
        [("open orders", rules.maximumOrders), ("orders with a trigger", rules.maximumAlgoOrders), ("order lists", rules.maximumOrderLists)]
    }

    private static func status(_ rules: InstrumentRules) -> String {
        switch rules.status {
        case .trading: "trading"
        case .halted: "halted"
        case .cancelOnly: "cancels only"
        case .unrecognised(let word): "unrecognised: \(SafeText.typed(word))"
        }
    }

    private static func types(_ rules: InstrumentRules) -> [String] {
        OrderType.allCases.filter(rules.orderTypes.contains).map(\.rawValue)
            + OrderListKind.allCases.filter(rules.orderLists.contains).map(\.rawValue)
    }

    package static func screen(_ rules: InstrumentRules, _ clock: VenueClock, _ venue: String) -> String {
        var lines = [Style.bold("\(rules.symbol) on \(venue): \(status(rules))")]
        for (name, value) in rows(rules) { if let value { lines.append("  \(name.padded(to: 30))\(value)") } }
        for (name, value) in counts(rules) { if let value { lines.append("  \("most " + name)".padded(to: 30) + "\(value)") } }
        lines.append("  \("orders".padded(to: 30))\(types(rules).joined(separator: ", "))")
        lines.append("  \("clock".padded(to: 30))\(clock.offset.milliseconds) ms from ours, asked in \(clock.roundTrip.milliseconds) ms")
        return lines.joined(separator: "\n")
    }

    package static func json(_ rules: InstrumentRules, _ clock: VenueClock, _ venue: String) -> String {
        JSONValue.console([
            ("venue", .text(venue)), ("symbol", .text(rules.symbol.description)), ("status", .text(status(rules))),
            ("tickSize", .decimal(rules.price.step)),
            ("minPrice", .decimal(rules.price.minimum)), ("maxPrice", .decimal(rules.price.maximum)), ("lotStep", .decimal(rules.lot.step)),
            ("minQuantity", .decimal(rules.lot.minimum)), ("maxQuantity", .decimal(rules.lot.maximum)),
            ("maxMarketQuantity", .decimal(rules.marketLot.maximum)),
            ("minNotional", .decimal(rules.notional?.minimum)), ("maxNotional", .decimal(rules.notional?.maximum)),
            ("maxOrders", rules.maximumOrders.map { .number("\($0)") } ?? .text(nil)),
            ("maxAlgoOrders", rules.maximumAlgoOrders.map { .number("\($0)") } ?? .text(nil)),
            ("maxOrderLists", rules.maximumOrderLists.map { .number("\($0)") } ?? .text(nil)), ("orders", .list(types(rules).map { .text($0) })),
            ("clockOffsetMs", .number("\(clock.offset.milliseconds)")), ("roundTripMs", .number("\(clock.roundTrip.milliseconds)"))
        ])
    }
}
