// `carillon prompts answer`: one answer on standard input, judged exactly as the panel judges it. It needs
// no home, no configuration and no network; what it takes are bytes, because a model may send anything.
import Analysis
import Application
import ArgumentParser
import Kernel
import Screens

struct PromptsAnswerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Judge a model's answer on standard input.",
        discussion: """
            Prints the accepted answer as one line of JSON and exits 0; or prints why it was refused, on standard error (with \
            --json as JSON on standard output), and exits 65. Symbols are printed as they were given.
            """)

    enum Schema: String, ExpressibleByArgument, CaseIterable { case decision, shortlist }

    @Option(help: "The form the answer must have.") var schema: Schema
    @Option(help: ArgumentHelp("What was asked about, with commas between.", valueName: "A,B")) var symbols: String
    @Flag(help: "Print a refusal as one JSON object on standard output.") var json = false

    var offered: [String] { symbols.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty } }
    func validate() throws {
        if offered.isEmpty { throw ValidationError("--symbols needs at least one symbol, e.g. BTC/USDT,ETH/USDT") }
    }

    mutating func run() async throws {
        try await printed {
            guard let bytes = StandardInput.read(limit: AnswerParser.maximumBytes) else { throw Failure(.io, "standard input cannot be read") }
            switch judge(bytes) {
            case .success(let accepted): Terminal.out(accepted)
            case .failure(let why):
                if json {
                    Terminal.out(JSONValue.console([("accepted", .flag(false)), ("code", .text(why.code.rawValue)), ("reason", .text(why.sentence))]))
                } else {
                    Terminal.error(why.description)
                }
                throw ExitCode(Sysexit.data.rawValue)
            }
        }
    }

    private func judge(_ bytes: [UInt8]) -> Result<String, AnswerRejection> {
        switch schema {
        case .decision: AnswerParser.decision(utf8: bytes, offered: offered).map(\.acceptedJSON)
        case .shortlist: AnswerParser.shortlist(utf8: bytes, offered: offered).map(\.acceptedJSON)
        }
    }
}

extension Substring {
    /// Without the spaces around it.
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
