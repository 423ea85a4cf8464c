// `carillon cycle`: one hourly cycle, as the timer starts it.
import ArgumentParser
import Domain
import Engine

struct CycleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cycle", abstract: "Run this hour's cycle: look, ask the panel, decide, enter, report.",
        discussion: """
            Started by a timer at each full hour. It may start until ten minutes after the hour (cycle.startWindow); later the \
            hour is written down as missed. A second cycle at the same time ends with exit code 75; the minute monitor runs beside it.
            """)
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await guarded {
            let (configuration, folder) = try Session.ground(options)
            let lock = try folder.lock("cycle")
            defer { lock.release() }
            let session = try await FullDisk(folder).guarding { try await Session.trading(options, configuration) }
            let before = try session.journal.lastMessageNumber()
            let rung = try await FullDisk(folder).guarding { try await Bell(session).ring() }
            try session.tellDoubts()
            try Self.report(rung, session, after: before, json: options.json)
            Housekeeping(session).log("INFO", "cycle \(rung.cycle?.description ?? "") \(rung.outcome.word) entries=\(rung.outcome.entries) \(rung.outcome.why ?? "")")
            Housekeeping(session).afterCycle()
            await Post(session).deliver()
        }
    }

    static func report(_ rung: Bell.Rung, _ session: Session, after number: Int, json: Bool) throws {
        if json {
            let book = try session.journal.book()
            Terminal.out(JSONOutput.object([
                ("cycle", .text(rung.cycle?.description)), ("outcome", .text(rung.outcome.word)), ("why", .text(rung.outcome.why)),
                ("entries", .number("\(rung.outcome.entries)")), ("equity", .decimal(book.lastEquity)), ("home", .text(session.place.path)),
            ]))
            return
        }
        if let home = session.homeLine { Terminal.out(home) }
        for message in try session.journal.messages(after: number) { Terminal.out(message.plain + "\n") }
        switch rung.outcome {
        case .done: break
        case .skipped(let why): Terminal.out("no cycle: \(why)")
        case .alreadyDone: Terminal.out("cycle \(rung.cycle?.description ?? "") is already done; the next one is due at the full hour")
        }
    }
}

extension HourlyCycle.Outcome {
    var word: String {
        switch self {
        case .done: "done"
        case .skipped: "skipped"
        case .alreadyDone: "alreadyDone"
        }
    }
    var why: String? { if case .skipped(let why) = self { why } else { nil } }
    var entries: Int { if case .done(let entries) = self { entries } else { 0 } }
}
