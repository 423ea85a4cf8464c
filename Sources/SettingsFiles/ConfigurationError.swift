// Everything wrong with the configuration at once, as a person should read it: what, where, what to
// do. Promise: no value that may be a secret is ever part of it.

/// One thing wrong, at one place.
public struct ConfigurationProblem: Hashable, Sendable, CustomStringConvertible {
    /// The file as the person would name it.
    public let file: String
    /// Counted from 1; nil if the whole file is meant.
    public let line: Int?
    /// In characters, counted from 1.
    public let column: Int?
    public let message: String

    init(_ file: String, _ position: Position?, _ message: String) {
        self.file = file
        line = position?.line
        column = position?.column
        self.message = message
    }

    public var description: String {
        guard let line, let column else { return "\(file): \(message)" }
        return "\(file):\(line):\(column): \(message)"
    }
}

/// Why no settings could be read; the settings in force stay as they were.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// In the order of the files and their lines; never empty.
    public let problems: [ConfigurationProblem]

    init(_ problems: [ConfigurationProblem]) { self.problems = problems }

    /// All problems, a line each, and what became of them. The caller exits 78.
    public func render() -> String {
        (problems.map(\.description) + ["nothing was changed (exit 78)"]).joined(separator: "\n")
    }

    public var description: String { render() }
}
