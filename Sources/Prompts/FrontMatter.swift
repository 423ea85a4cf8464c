// The YAML between the two `---` lines that open a prompt file. Every key is known, every value has a
// range, and each complaint names the line in the file.
import Kernel
import Settings
import Yams

struct FrontMatter {
    static let maximumBytes = 8_192
    private static let required = ["role", "asks", "inputs", "schema", "budget", "deadline"]
    private static let known = required + ["model", "temperature"]

    private(set) var role: AnalystRole?
    private(set) var asks: Prompt.Asks?
    private(set) var schema: PromptSchema?
    private(set) var inputs: [(variable: PromptVariable, line: Int?)] = []
    private(set) var model: String?
    private(set) var budget: Prompt.Budget?
    private(set) var deadline: TimeSpan?
    private(set) var temperature: Double?
    private(set) var problems: [PromptProblem] = []
    private let file: String

    /// - Parameter yaml: the lines between the markers; the first of them is line 2 of the file.
    init(_ yaml: String, file: String) {
        self.file = file
        guard yaml.utf8.count <= Self.maximumBytes else { problem("the front matter is larger than 8 KB", 1); return }
        do {
            guard let root = try compose(yaml: yaml), case .mapping(let mapping) = root else {
                problem("the front matter is no list of keys", 1)
                return
            }
            read(mapping)
        } catch let error as YamlError {
            problem("the front matter is not YAML: \(Self.reason(error))", Self.line(error) ?? 1)
        } catch {
            problem("the front matter is not YAML", 1)
        }
    }

    private mutating func read(_ mapping: Node.Mapping) {
        for (key, value) in mapping {
            guard let name = key.string, Self.known.contains(name) else {
                problem("unknown key '\(Self.shown(key))'; there are \(Self.known.joined(separator: ", "))", line(key), Self.shown(key))
                continue
            }
            read(name, value)
        }
        for name in Self.required where mapping[Node(name)] == nil { problem("missing key '\(name)'", 1, name) }
        checkTogether()
    }

    private mutating func read(_ name: String, _ value: Node) {
        switch name {
        case "role": role = choice(name, value)
        case "asks": asks = choice(name, value)
        case "schema": schema = choice(name, value)
        case "inputs": readInputs(value)
        case "model": model = text(name, value)
        case "budget": readBudget(value)
        case "deadline":
            guard let seconds = Int(value.scalar?.string ?? ""), (1...600).contains(seconds) else {
                return problem("'deadline' must be 1 to 600 seconds", line(value), name)
            }
            deadline = .seconds(seconds)
        default:
            guard let number = Double(value.scalar?.string ?? ""), (0...2).contains(number) else {
                return problem("'temperature' must be a number from 0 to 2", line(value), name)
            }
            temperature = number
        }
    }

    private mutating func readInputs(_ value: Node) {
        guard let items = value.sequence else { return problem("'inputs' must be a list of variables", line(value), "inputs") }
        for item in items {
            guard let variable = PromptVariable(rawValue: item.string ?? "") else {
                problem("unknown variable '\(Self.shown(item))' in inputs", line(item), Self.shown(item))
                continue
            }
            if inputs.contains(where: { $0.variable == variable }) {
                problem("'\(variable.rawValue)' is listed twice", line(item), variable.rawValue)
            } else {
                inputs.append((variable, line(item)))
            }
        }
    }

    private mutating func readBudget(_ value: Node) {
        let names: Set<String> = ["outputTokens", "usd"]
        guard let mapping = value.mapping, Set(mapping.keys.compactMap(\.string)) == names, mapping.count == 2 else {
            return problem("'budget' must have 'outputTokens' and 'usd'", line(value), "budget")
        }
        guard let tokens = Int(mapping["outputTokens"]?.scalar?.string ?? ""), (16...64_000).contains(tokens) else {
            return problem("'budget.outputTokens' must be 16 to 64000", line(value), "budget")
        }
        guard let usd = FixedDecimal(mapping["usd"]?.scalar?.string ?? ""), usd.isPositive, usd <= FixedDecimal(10) else {
            return problem("'budget.usd' must be above 0 and at most 10", line(value), "budget")
        }
        budget = Prompt.Budget(outputTokens: tokens, usd: usd)
    }

    private mutating func checkTogether() {
        guard let asks else { return }
        if let schema, schema.rawValue != asks.rawValue {
            problem("a prompt that asks '\(asks.rawValue)' is answered in schema '\(asks.rawValue)', not '\(schema.rawValue)'", nil, "schema")
        }
        for (variable, line) in inputs where !variable.isKnown(to: asks) {
            problem("variable '\(variable.rawValue)' does not exist where '\(asks.rawValue)' is asked", line, variable.rawValue)
        }
    }

    // MARK: Small parts

    private mutating func choice<T: RawRepresentable & CaseIterable>(_ name: String, _ value: Node) -> T? where T.RawValue == String {
        if let choice = T(rawValue: value.string ?? "") { return choice }
        problem("'\(name)' must be one of \(T.allCases.map(\.rawValue).joined(separator: ", "))", line(value), name)
        return nil
    }

    private mutating func text(_ name: String, _ value: Node) -> String? {
        guard let text = value.scalar?.string, (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            problem("'\(name)' must be 1 to 128 printable characters", line(value), name)
            return nil
        }
        return text
    }

    private mutating func problem(_ message: String, _ line: Int?, _ variable: String? = nil) {
        problems.append(PromptProblem(file: file, line: line, variable: variable, message))
    }

    /// The line in the file: the opening marker is line 1.
    private func line(_ node: Node) -> Int? { node.mark.map { $0.line + 1 } }

    private static func shown(_ node: Node) -> String { CleanText(node.string ?? "?", limit: 40).text }

    private static func line(_ error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line + 1
        default: nil
        }
    }

    private static func reason(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping: "a key is given twice"
        default: "it cannot be read"
        }
    }
}
