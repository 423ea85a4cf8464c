// What became of the positions that a person closed: gone, or their sale pending.
import Application
import Events
import Kernel
import Market
import Messaging
import Trading

extension Closing {
    package var json: String {
        JSONValue.console([
            ("closed", .list(closed.map { .text($0.description) })), ("pending", .list(pending.map { .text($0.sale.symbol.description) }))
        ])
    }

    package var lines: [String] {
        messages.map { session.renderer.text(of: $0.message).plain + "\n" } + (isIdle ? ["Nothing is open."] : []) + pending.map(\.words)
    }
}
