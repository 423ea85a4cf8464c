// What is wrong with an expression, and where in its text.

public struct ExpressionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Characters before the fault, counted from 0.
    public let offset: Int
    /// What is wrong, worded so that the next try is right.
    public let message: String

    public init(at offset: Int, _ message: String) {
        self.offset = offset
        self.message = message
    }

    /// Without a file: the column in the text alone, from 1.
    public var description: String { "column \(offset + 1): \(message)" }
}

/// Everything that is wrong with an expression, at least one thing, in the order in which it was found.
public struct ExpressionErrors: Error, Hashable, Sendable {
    public let all: [ExpressionError]

    init(_ first: ExpressionError, _ others: [ExpressionError] = []) { all = [first] + others }

    /// nil without any.
    init?(_ errors: [ExpressionError]) {
        guard !errors.isEmpty else { return nil }
        all = errors
    }
}
