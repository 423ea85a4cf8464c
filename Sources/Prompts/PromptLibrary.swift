// All prompts by name: the compiled-in ones, and the files of the configured folder over them. A broken
// file is not replaced by the compiled-in text behind the person's back: its analyst abstains, with the reason.

public struct PromptLibrary: Sendable {
    /// A prompt, or why there is none.
    public enum Entry: Sendable {
        case ready(Prompt, warnings: [PromptProblem])
        case broken([PromptProblem])

        public var prompt: Prompt? { if case .ready(let prompt, _) = self { prompt } else { nil } }
        public var problems: [PromptProblem] {
            switch self {
            case .ready(_, let warnings): warnings
            case .broken(let problems): problems
            }
        }
    }

    private let entries: [String: Entry]
    /// Problems of the folder itself and of its schema files.
    public let folderProblems: [PromptProblem]

    /// The prompt of that name, or why it cannot be asked; nil if there is no such prompt.
    public subscript(name: String) -> Entry? { entries[name] }
    public var names: [String] { entries.keys.sorted() }
    /// Everything `prompts check` shows, in the order of names and lines.
    public var problems: [PromptProblem] { folderProblems + names.flatMap { entries[$0]?.problems ?? [] } }
    public var hasErrors: Bool { problems.contains { $0.severity == .error } }

    /// One hash over all prompts that can be asked, for the journal.
    public func setHash(_ hash: ([UInt8]) -> String) -> String {
        hash(Array(names.compactMap { name in entries[name]?.prompt.map { "\(name) \($0.version(hash))\n" } }.joined().utf8))
    }

    /// - Parameters:
    ///   - folder: where `*.md` files win over the compiled-in ones; nil or absent means none do.
    ///   - fallback: file names and texts.
    public static func load(folder: String?, fallback: [(file: String, text: String)] = EmbeddedPrompts.all) -> PromptLibrary {
        var entries: [String: Entry] = [:]
        var problems: [PromptProblem] = []
        for (file, text) in fallback { entries[name(file)] = entry(PromptParser.parse(text, file: file)) }
        guard let folder else { return PromptLibrary(entries: entries, folderProblems: []) }
        for file in PromptFolder.files(folder) {
            switch PromptFolder.read(folder, file, limit: PromptParser.maximumBytes) {
            case .success(let text): entries[name(file)] = entry(PromptParser.parse(text, file: file))
            case .failure(let problem): entries[name(file)] = .broken([problem])
            }
        }
        for schema in PromptSchema.allCases {
            let file = "schemas/\(schema.rawValue).json"
            if case .success(let text)? = PromptFolder.exists(folder, file) ? PromptFolder.read(folder, file, limit: 65_536) : nil,
                text != schema.text
            {
                problems.append(PromptProblem(.warning, file: file, "differs from the compiled-in schema, which is the one that is used"))
            }
        }
        return PromptLibrary(entries: entries, folderProblems: problems)
    }

    private static func name(_ file: String) -> String { String(file.dropLast(".md".count)) }
    private static func entry(_ parsed: (prompt: Prompt?, problems: [PromptProblem])) -> Entry {
        parsed.prompt.map { .ready($0, warnings: parsed.problems) } ?? .broken(parsed.problems)
    }
}
