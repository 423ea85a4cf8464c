// What is wrong with a prompt file: which file, which line, which variable. An error keeps the analyst
// from being asked (it abstains); a warning is shown by `prompts check` and stops nothing.

public struct PromptProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Severity: String, Sendable { case error, warning }
    public let severity: Severity
    /// The file's name inside the prompts folder.
    public let file: String
    /// 1-based; nil if the whole file is meant.
    public let line: Int?
    /// The variable or front-matter key; nil if none is to blame.
    public let variable: String?
    public let message: String

    public init(_ severity: Severity = .error, file: String, line: Int? = nil, variable: String? = nil, _ message: String) {
        self.severity = severity
        self.file = file
        self.line = line
        self.variable = variable
        self.message = message
    }

    /// `risk.md:12: unknown variable 'balance'`
    public var description: String { file + (line.map { ":\($0)" } ?? "") + ": " + message }
}
