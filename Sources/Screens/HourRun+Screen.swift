// One hour's cycle: what it said, or why there was none.
import Application
import Engine
import Events
import Kernel
import Messaging
import Trading

extension HourRun {
    package var json: String {
        JSONValue.console([
            ("cycle", .text(cycle.description)), ("outcome", .text(outcome.word)), ("why", .text(outcome.why)),
            ("entries", .number("\(outcome.entries)")), ("equity", .decimal(equity)), ("home", .text(session.folder.path))
        ])
    }

    package var lines: [String] {
        let end: [String] =
            switch outcome {
            case .done: []
            case .skipped(let why): ["no cycle: \(why)"]
            case .alreadyDone: ["cycle \(cycle) is already done; the next one is due at the full hour"]
            }
        return [session.homeLine].compactMap(\.self) + messages.map { session.renderer.text(of: $0.message).plain + "\n" } + end
    }
}
