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
        discussion: "Asks no model. Warnings stop nothing; an error keeps its analyst from being asked and ends with exit code 78.")
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await printed {
            let configuration = try Session.settings(options)
            let assembly = PanelAssembly(configuration: configuration), desk = assembly.desk
            let folder = assembly.promptFolder ?? "the compiled-in ones"
            let missing = configuration.settings.panel.analysts.filter { $0.kind == .prompt && desk.library[$0.name] == nil }.map { "\($0.name).md" }
            let hasErrors = desk.library.hasErrors || !missing.isEmpty
            if options.json {
                Terminal.out(JSONOutput.object([
                    ("folder", .text(assembly.promptFolder)), ("prompts", .list(desk.library.names.map { .text($0) })), ("missing", .list(missing.map { .text($0) })),
                    ("problems", .list(desk.library.problems.map(\.json))), ("ok", .flag(!hasErrors)),
                ]))
            } else {
                for problem in desk.library.problems { Terminal.out(problem.report) }
                for file in missing { Terminal.out("\(file): error: the panel names it and it is not among \(folder)") }
                for name in desk.library.names {
                    if let prompt = desk.library[name]?.prompt { Terminal.out("\(name): \(prompt.role.rawValue), asks \(prompt.asks.rawValue), about \(prompt.templateTokens) tokens before data") }
                }
            }
            if hasErrors { throw Failure(.configuration, "a prompt cannot be used; its analyst abstains until the file is mended (\(folder))") }
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
