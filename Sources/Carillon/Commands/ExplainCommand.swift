// `carillon explain CYCLE|TRADE`: why it happened, as a story with every number.
import Application
import ArgumentParser
import Screens

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Tell why a trade happened, or what a cycle saw and decided, with every number.",
        discussion: "CYCLE is e.g. C2026010514, TRADE e.g. T0003; C2026010514-LINK tells one coin's part of a cycle.")
    @OptionGroup var options: CommonOptions
    @Argument(help: "A cycle, a trade, or a coin's part of a cycle.")
    var subject: String
    @Flag(help: "Print the full text that was sent to the models.")
    var prompt = false
    @Flag(help: "Print what the models answered, word for word.")
    var answers = false

    func validate() throws {
        if prompt, answers { throw ValidationError("--prompt and --answers cannot be combined; leave one out") }
    }

    mutating func run() async throws {
        try await printed {
            let session = try Session.open(options.caller, .reading)
            let story = try Story(session, subject: subject.uppercased())
            if answers { return Terminal.out(try story.answers()) }
            if prompt { return Terminal.out(try story.prompts()) }
            Terminal.out(options.json ? try story.json() : story.text)
        }
    }
}
