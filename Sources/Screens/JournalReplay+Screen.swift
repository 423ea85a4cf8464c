// What making every decision again has shown.
import Application
import Engine
import Kernel
import Messaging

extension JournalReplay {
    package var json: String {
        JSONValue.console([
            ("decisions", .number("\(result.decisions)")), ("rounds", .number("\(result.rounds)")), ("skipped", .number("\(result.skipped)")),
            ("different", .list(result.differences.map { .number("\($0.sequence)") }))
        ])
    }

    package var screen: String {
        let made = "\(result.decisions) decisions of the panel and \(result.rounds) rounds of strategies made again from the journal alone"
        let skipped = result.skipped == 0 ? "" : "; \(result.skipped) were made by an older version or with other settings and are not judged"
        if result.decisions + result.rounds == 0 {
            return "No decision could be made again"
                + (result.skipped == 0 ? ": there is none yet" : ": \(result.skipped) were made by an older version or with other settings")
        }
        guard !isEqual else { return "\(made): all as they were written\(skipped)" }
        let places = result.differences.prefix(10).map { "entry \($0.sequence)" }.joined(separator: ", ")
        return "\(made): \(result.differences.count) differ from what was written (\(places))\(skipped)"
    }
}
