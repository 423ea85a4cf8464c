// What became of the positions that a person closed: gone, or their sale pending.
import Application
import Events
import Kernel
import Market
import Trading

extension Closing {
    package var json: String {
        JSONValue.console([
            ("closed", .list(closed.map { .text($0.description) })), ("pending", .list(pending.map { .text($0.sale.symbol.description) }))
        ])
    }

    package var lines: [String] { messages.map { $0.plain + "\n" } + (isIdle ? ["Nothing is open."] : []) + pending.map(\.words) }
}
