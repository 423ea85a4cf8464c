// An exchange's account in words and as JSON.
import Kernel
import Messaging
package import Trading

package enum AccountScreen {
    package static func screen(_ account: VenueAccount, _ key: KeyRestrictions?, _ venue: String) -> String {
        var lines = [Style.bold("\(venue): trading \(account.canTrade ? "allowed" : "not allowed")")]
        let held = account.balances.filter { !$0.total.isZero }
        if held.isEmpty { lines.append("  holds nothing") }
        for balance in held {
            lines.append(
                "  \(SafeText.typed(balance.asset).padded(to: 10))\(balance.total)"
                    + (balance.locked.isZero ? "" : ", \(balance.locked) of it locked in orders"))
        }
        if let maker = account.makerFee, let taker = account.takerFee {
            lines.append("  fees      \(maker.percent(3)) % maker, \(taker.percent(3)) % taker")
        }
        if let key {
            if key.mayWithdraw == true { lines.append(Style.bold("  This key may withdraw: make one that may not.")) }
            if key.isBoundToAddresses == false { lines.append("  This key works from any address: bind it to this machine's.") }
        }
        return lines.joined(separator: "\n")
    }

    package static func json(_ account: VenueAccount, _ key: KeyRestrictions?, _ venue: String) -> String {
        func flag(_ value: Bool?) -> JSONValue { value.map { .flag($0) } ?? .text(nil) }
        return JSONValue.console([
            ("venue", .text(venue)), ("canTrade", .flag(account.canTrade)), ("makerFee", .decimal(account.makerFee?.value)),
            ("takerFee", .decimal(account.takerFee?.value)),
            (
                "balances",
                .list(
                    account.balances.filter { !$0.total.isZero }.map {
                        .fields([("asset", .text($0.asset)), ("free", .decimal($0.free)), ("locked", .decimal($0.locked))])
                    })
            ),
            (
                "key",
                .fields([
                    ("mayRead", flag(key?.mayRead)), ("mayTradeSpot", flag(key?.mayTradeSpot)), ("mayWithdraw", flag(key?.mayWithdraw)),
                    ("mayTransfer", flag(key?.mayTransfer)), ("isBoundToAddresses", flag(key?.isBoundToAddresses))
                ])
            )
        ])
    }
}
