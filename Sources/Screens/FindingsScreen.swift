// What was found of each part, worst first, each with what to do.
package import Application
import Kernel

/// All that was looked at, as `Doctor` found it.
package struct FindingsScreen {
    private let findings: [Finding]
    private let offline: Bool

    package init(_ findings: [Finding], offline: Bool) {
        self.findings = findings
        self.offline = offline
    }

    package var json: String { JSONValue.console([("findings", .list(findings.map(\.json)))]) }

    package var screen: String {
        let open = findings.filter { $0.level != .well }
        let broken = open.count { $0.level == .broken }
        let pending = open.count { !$0.isPast }, things = "\(pending) \(pending == 1 ? "thing" : "things")"
        let head =
            broken > 0
            ? "\(broken) \(broken == 1 ? "thing is" : "things are") broken"
            : open.contains { $0.part == Doctor.halted }
                ? "Trading is halted; \(things) to look at"
                : open.contains { $0.part == Doctor.breaker }
                    ? "Trading is paused; \(things) to look at"
                    : open.contains { $0.part == Doctor.lastHour }
                        ? "Nothing is broken now; the last hour was not well; \(things) to look at"
                        : pending == 0
                            ? (offline ? "All well as far as this machine alone can tell." : "All well.")
                            : "All well so far; \(things) to do before it is real"
        let rows = open.map { "\($0.level.mark) \($0.part.padded(to: 12))  \($0.found.padded(to: 44))  \($0.advice)" }
        let well = findings.filter { $0.level == .well }.map { "✓ \($0.part) \($0.found)" }
        return ([Style.bold(head), ""] + rows + (well.isEmpty ? [] : [well.joined(separator: "\n")])).joined(separator: "\n")
    }
}

extension Finding {
    fileprivate var json: JSONValue {
        .fields([("part", .text(part)), ("level", .text(level.word)), ("found", .text(found)), ("advice", .text(advice))])
    }
}

extension Finding.Level {
    fileprivate var mark: String { ["✗", "!", "✓"][rawValue] }
    fileprivate var word: String { ["broken", "hint", "well"][rawValue] }
}
