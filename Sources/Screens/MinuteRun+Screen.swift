// One look at what is open: what it said and did, and what keeps it from doing more.
import Application
import Engine
import Events
import Kernel
import Market
import Messaging

extension MinuteRun {
    package var json: String {
        JSONValue.console([
            ("pending", .list(outcome.unsold.map { .text($0.description) })),
            ("open", .number("\(open)")), ("exits", .number("\(outcome.exits)")), ("recovered", .number("\(outcome.recovered)")),
            ("orders", .number("\(outcome.orders)")),
            ("blind", .list(outcome.blind.map { .text($0.description) })),
            ("disputed", .list(outcome.disputed.map { .text($0.description) })), ("home", .text(session.folder.path))
        ])
    }

    package var lines: [String] {
        [session.homeLine].compactMap(\.self) + messages.map { session.renderer.text(of: $0.message).plain + "\n" }
            + ["\(open) open, \(outcome.exits) sold" + (outcome.orders > 0 ? ", \(outcome.orders) orders of strategies" : "")]
    }

    package var warnings: [String] { pending.map(\.words) + outcome.blindWords + disputes.map(\.headline) }
}
