// From the text of a prompt file to a checked prompt, or to every problem it has. Nothing here throws past
// the caller and nothing traps, whatever the file holds.
import Kernel
import Mustache

public enum PromptParser {
    /// Larger files are refused unread (F077).
    public static let maximumBytes = 65_536
    /// Alone on a line: what stands before it is the system text, what follows the user text.
    public static let divider = "=== user ==="

    /// - Parameter file: the file's name inside the prompts folder, `risk.md`.
    public static func parse(_ text: String, file: String) -> (prompt: Prompt?, problems: [PromptProblem]) {
        guard text.utf8.count <= maximumBytes else {
            return (nil, [PromptProblem(file: file, "the file is larger than \(maximumBytes / 1024) KB")])
        }
        let lines = String(decoding: TextOpening.body(text.utf8), as: UTF8.self).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map(String.init)
        guard lines.first == "---", let close = lines.dropFirst().firstIndex(of: "---") else {
            return (nil, [PromptProblem(file: file, line: 1, "the file must open with front matter between two '---' lines")])
        }
        let matter = FrontMatter(lines[1..<close].joined(separator: "\n"), file: file)
        let body = Array(lines[(close + 1)...])
        let split = body.firstIndex(of: divider)
        let system = split.map { body[..<$0].joined(separator: "\n") } ?? ""
        let user = body[(split.map { $0 + 1 } ?? 0)...].joined(separator: "\n")
        let systemScan = TemplateScan(system, file: file, firstLine: close + 2)
        let userScan = TemplateScan(user, file: file, firstLine: close + 2 + (split.map { $0 + 1 } ?? 0))

        var problems = matter.problems + systemScan.problems + userScan.problems
        problems += variableProblems(systemScan, userScan, matter, file)
        if split == nil, !body.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) {
            problems.append(PromptProblem(file: file, "there is no line '\(divider)': what follows it is what the model is asked"))
        }
        if user.allSatisfy(\.isWhitespace) { problems.append(PromptProblem(file: file, "the prompt has no text")) }
        problems += PromptLint.warnings(
            lines: lines, file: file, inputs: matter.inputs.map(\.variable), used: Set((systemScan.tags + userScan.tags).map(\.name)))
        guard !problems.contains(where: { $0.severity == .error }),
            let role = matter.role, let asks = matter.asks, let schema = matter.schema, let budget = matter.budget, let deadline = matter.deadline
        else { return (nil, problems) }
        do {
            let prompt = Prompt(
                name: String(file.split(separator: ".").first ?? ""), role: role, asks: asks, schema: schema, inputs: matter.inputs.map(\.variable),
                model: matter.model, budget: budget, deadline: deadline, temperature: matter.temperature, text: text,
                system: try template(system), user: try template(user))
            return (prompt, problems)
        } catch {
            return (nil, problems + [PromptProblem(file: file, "the template cannot be read")])
        }
    }

    /// Plain text: the pragma turns the engine's HTML escaping off. The line end is for the engine, which
    /// cannot read a brace as the very last character.
    private static func template(_ text: String) throws -> MustacheTemplate {
        try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + text + (text.isEmpty || text.hasSuffix("\n") ? "" : "\n"))
    }

    private static func variableProblems(_ system: TemplateScan, _ user: TemplateScan, _ matter: FrontMatter, _ file: String) -> [PromptProblem] {
        var problems: [PromptProblem] = []
        let listed = Set(matter.inputs.map(\.variable.rawValue))
        for (tags, isSystem) in [(system.tags, true), (user.tags, false)] {
            for tag in tags {
                guard let variable = PromptVariable(rawValue: tag.name) else {
                    problems.append(PromptProblem(file: file, line: tag.line, variable: tag.name, "unknown variable '\(tag.name)'"))
                    continue
                }
                if !listed.contains(tag.name) {
                    problems.append(PromptProblem(file: file, line: tag.line, variable: tag.name, "variable '\(tag.name)' is not listed in inputs"))
                }
                if isSystem, variable.isData {
                    problems.append(PromptProblem(file: file, line: tag.line, variable: tag.name, "data '\(tag.name)' belongs below '\(divider)'"))
                }
            }
        }
        return problems
    }
}
