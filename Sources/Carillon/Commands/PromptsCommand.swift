// `carillon prompts`: what the analysts are told and how their answers are judged, without asking anyone.
import Application
import ArgumentParser
import Screens

struct PromptsCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "prompts", abstract: "Check and show the analysts' prompts, and judge an answer as the panel would.",
        subcommands: [PromptsCheckCommand.self, PromptsRenderCommand.self, PromptsAnswerCommand.self])
}

struct PromptsCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Name every problem of every prompt with file, line and variable.",
        discussion:
            "Asks no model. Warnings stop nothing; an error keeps its analyst from being asked and ends with exit code 78. "
            + "What one call may cost is compared with the prompt's budget and the day's."
    )
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await printed {
            let caller = options.caller, check = await PromptCheck(try caller.settings(), caller.environment)
            Terminal.out(options.json ? check.json : check.screen)
            if check.hasErrors {
                throw Failure(.configuration, "a prompt cannot be used; its analyst abstains until the file is mended (\(check.folder))")
            }
        }
    }
}
