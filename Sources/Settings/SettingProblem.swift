// What is wrong with one setting, stated once and without a file: the loader adds the line and column.
// Every rule about a setting's value lives beside its type, so no second place can disagree.
import Kernel

/// One setting that cannot be used as it stands.
public struct SettingProblem: Hashable, Sendable, CustomStringConvertible {
    /// Dotted path as in the file, e.g. `cycle.interval`; list entries count from 0: `panel.2.role`.
    public let key: String
    /// What was found and what is allowed; never a secret.
    public let message: String

    public init(_ key: String, _ message: String) {
        self.key = key
        self.message = message
    }

    public var description: String { "\(key): \(message)" }
}

/// Collects the problems of one section, with the section's name in front of each key.
struct ProblemList {
    private let section: String
    private(set) var problems: [SettingProblem] = []

    init(_ section: String) { self.section = section }

    mutating func add(_ key: String, _ message: String) {
        problems.append(SettingProblem(section.isEmpty ? key : "\(section).\(key)", message))
    }

    /// Refuses a value outside `range`; `text` is how a person writes such a value.
    mutating func require<Value: Comparable>(_ key: String, _ value: Value, in range: ClosedRange<Value>, _ text: (Value) -> String) {
        if value < range.lowerBound { add(key, "\(text(value)) is below the smallest allowed, \(text(range.lowerBound))") }
        if value > range.upperBound { add(key, "\(text(value)) is above the largest allowed, \(text(range.upperBound))") }
    }

    mutating func require(_ key: String, _ value: Int, in range: ClosedRange<Int>) {
        require(key, value, in: range) { String($0) }
    }

    mutating func require(_ key: String, _ value: Ratio, in range: ClosedRange<Ratio>) {
        require(key, value, in: range) { $0.percentText }
    }

    mutating func require(_ key: String, _ value: TimeSpan, in range: ClosedRange<TimeSpan>) {
        require(key, value, in: range) { $0.plainText }
    }

    mutating func require(_ key: String, _ value: FixedDecimal, in range: ClosedRange<FixedDecimal>) {
        require(key, value, in: range) { $0.description }
    }
}
