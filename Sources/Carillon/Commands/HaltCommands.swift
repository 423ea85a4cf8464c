// `carillon halt` and `carillon resume`: the kill switch. The file is written first, so that it works even
// where the journal cannot be written; nothing new is bought from that moment on.
import ArgumentParser
import Domain

struct HaltCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "halt", abstract: "Stop buying at once. Open positions keep their stops and targets.",
        discussion: "Works with a damaged or locked journal too: the file HALT in the home is the switch. `carillon resume` releases it.")
    @OptionGroup var options: CommonOptions
    @Option(help: "Why, for the journal and the reports.")
    var reason = "halted by hand"

    mutating func run() async throws {
        try await guarded {
            let (_, folder) = try Session.home(options)
            try folder.prepare()
            let line = SafeReason.line(reason)
            guard folder.engageKillSwitch(line) else { throw Failure(.io, "cannot write \(folder.haltFile); nothing is halted") }
            try await KillSwitchNote(options, folder).write(engaged: true, line)
            Terminal.out(options.json ? JSONOutput.object([("halted", .flag(true)), ("reason", .text(line))])
                : "Halted: \(line)\nNothing is bought. Open positions keep their stops and targets. To go on: \(folder.command("resume"))")
        }
    }
}

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Release the kill switch: buying may go on with the next cycle.")
    @OptionGroup var options: CommonOptions
    @Option(help: "Why, for the journal.")
    var reason = "resumed by hand"

    mutating func run() async throws {
        try await guarded {
            let (_, folder) = try Session.home(options)
            try folder.requireJournal()
            // The journal first: should it fail, the file still halts.
            try await KillSwitchNote(options, folder).write(engaged: false, SafeReason.line(reason))
            guard folder.releaseKillSwitch() else { throw Failure(.io, "cannot remove \(folder.haltFile); still halted") }
            let book = try Session.open(options, .reading).journal.book()
            let breakers = book.activeBreakers(at: SystemClock().now).map(\.name.rawValue)
            if options.json {
                Terminal.out(JSONOutput.object([("halted", .flag(false)), ("breakers", .list(breakers.map { .text($0) }))]))
            } else {
                Terminal.out("Resumed. " + (breakers.isEmpty ? "Buying may go on with the next cycle."
                    : "Still paused by: \(breakers.joined(separator: ", ")). See: \(folder.command("breaker list"))"))
            }
        }
    }
}

/// The kill switch in the journal, beside the file.
struct KillSwitchNote {
    let options: CommonOptions
    let folder: HomeFolder
    init(_ options: CommonOptions, _ folder: HomeFolder) {
        self.options = options
        self.folder = folder
    }

    /// A journal that does not exist yet or cannot be written does not keep the file from halting.
    func write(engaged: Bool, _ reason: String) async throws {
        do {
            let session = try await Session.writing(options)
            try session.journal.commit(at: session.clock.now) { book in
                (book.killSwitch != nil) == engaged ? [] : [.killSwitchSet(KillSwitchSet(engaged: engaged, reason: reason))]
            }
        } catch where engaged {
            Terminal.error("carillon: the switch is on, but the journal could not be told")
        }
    }
}

/// A reason a person typed, on one line and not too long.
enum SafeReason {
    static func line(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(200).map(Character.init))
    }
}
