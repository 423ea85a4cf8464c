// What is wrong with an expression, and where in its text.

public struct ExpressionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Characters before the fault, counted from 0.
    public let offset: Int
    /// What is wrong, so that the next try is right.
    public let message: String

    public init(at offset: Int, _ message: String) {
        self.offset = offset
        self.message = message
    }

    /// Without a file: the column in the text alone, from 1.
    public var description: String { "column \(offset + 1): \(message)" }
}
