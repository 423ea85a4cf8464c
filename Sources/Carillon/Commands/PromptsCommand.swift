// `carillon prompts`: what the analysts are told and how their answers are judged, without asking anyone.
import ArgumentParser
import Prompts

struct PromptsCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "prompts", abstract: "Check and show the analysts' prompts, and judge an answer as the panel would.",
        subcommands: [PromptsCheckCommand.self, PromptsRenderCommand.self, PromptsAnswerCommand.self])
}

struct PromptsCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Name every problem of every prompt with file, line and variable.",
        discussion: "Asks no model. Warnings stop nothing; an error keeps its analyst from being asked and ends with exit code 78. What one call may cost is held against the prompt's budget and the day's.")
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await printed {
            let configuration = try Session.settings(options)
            let check = await PromptCheck(configuration), library = check.library
            if options.json {
                Terminal.out(JSONOutput.object([
                    ("folder", .text(PanelAssembly(configuration: configuration).promptFolder)), ("prompts", .list(library.names.map { .text($0) })),
                    ("missing", .list(check.missing.map { .text($0) })), ("problems", .list(check.problems.map(\.json))), ("ok", .flag(!check.hasErrors)),
                ]))
            } else {
                for problem in check.problems { Terminal.out(problem.report) }
                for file in check.missing { Terminal.out("\(file): error: the panel names it and it is not among \(check.folder)") }
                for name in library.names {
                    if let prompt = library[name]?.prompt { Terminal.out("\(name): \(prompt.role.rawValue), asks \(prompt.asks.rawValue), about \(prompt.templateTokens) tokens before data") }
                }
            }
            if check.hasErrors { throw Failure(.configuration, "a prompt cannot be used; its analyst abstains until the file is mended (\(check.folder))") }
        }
    }
}

extension PromptProblem {
    /// `risk.md:12: error: unknown variable 'balance'`
    var report: String {
        let named = variable.flatMap { message.contains($0) ? nil : " (\($0))" } ?? ""
        return "\(file)\(line.map { ":\($0)" } ?? ""): \(severity.rawValue): \(message)\(named)"
    }

    fileprivate var json: JSONOutput {
        .fields([("severity", .text(severity.rawValue)), ("file", .text(file)), ("line", line.map { .number("\($0)") } ?? .text(nil)),
                 ("variable", .text(variable)), ("message", .text(message))])
    }
}
