// What tables that people bring have in common: where one is wrong, and how a moment is written in it.

/// What is wrong with a table's text; line and column count from 1, the header being line 1.
public struct TextFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let line: Int
    public let column: Int
    public let reason: String

    package init(line: Int, column: Int, reason: String) {
        self.line = line
        self.column = column
        self.reason = reason
    }

    public var description: String { "\(line):\(column): \(reason)" }
}

extension Timestamp {
    /// `YYYY-MM-DD` (midnight UTC), ISO 8601 with a zone, or milliseconds since 1970.
    package init?(cell: ArraySlice<UInt8>) {
        guard (10...40).contains(cell.count), let text = String(validating: cell, as: UTF8.self) else { return nil }
        guard cell.allSatisfy({ $0 &- 48 < 10 }) else {
            self.init(iso8601: text)
            return
        }
        // 1973 to 2096: outside, a number is not in milliseconds.
        guard let number = Int64(text), (100_000_000_000...4_000_000_000_000).contains(number) else { return nil }
        self.init(milliseconds: number)
    }
}
