// What is wrong with prompts, and a prompt as a model would get it.
import Application
import Kernel
import Market
import Prompts
import Settings
import Signing

extension PromptCheck {
    package var json: String {
        JSONValue.console([
            ("folder", .text(promptFolder)), ("prompts", .list(library.names.map { .text($0) })), ("missing", .list(missing.map { .text($0) })),
            ("problems", .list(problems.map(\.json))), ("ok", .flag(!hasErrors))
        ])
    }

    package var screen: String {
        let prompts = library.names.compactMap { name in
            library[name]?.prompt.map { "\(name): \($0.role.rawValue), asks \($0.asks.rawValue), about \($0.templateTokens) tokens before data" }
        }
        return (problems.map(\.report) + missing.map { "\($0): error: the panel names it and it is not among \(folder)" } + prompts)
            .joined(separator: "\n")
    }
}

extension PromptProblem {
    fileprivate var json: JSONValue {
        .fields([
            ("severity", .text(severity.rawValue)), ("file", .text(file)), ("line", line.map { .number("\($0)") } ?? .text(nil)),
            ("variable", .text(variable)), ("message", .text(message))
        ])
    }
}

extension PromptRendering {
    package var json: String {
        JSONValue.console([
            ("name", .text(prompt.name)), ("version", .text(prompt.version(SHA256.hex))), ("asks", .text(prompt.asks.rawValue)),
            ("symbol", .text(symbol?.description)),
            ("system", .text(rendered.system)), ("user", .text(rendered.user)), ("tokens", .number("\(rendered.tokenEstimate)")),
            ("blocks", .list(rendered.blocks.map { .fields([("name", .text($0.name)), ("hash", .text($0.hash)), ("json", .text($0.json))]) }))
        ])
    }
}
