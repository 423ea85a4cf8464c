// `carillon prompts`: what the analysts are told and how their answers are judged, without asking anyone.
import ArgumentParser

struct PromptsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prompts", abstract: "Check and show the analysts' prompts, and judge an answer as the panel would.",
        subcommands: [PromptsAnswerCommand.self])
}
