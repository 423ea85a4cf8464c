// What was found of one part, how bad it is, and what to do about it.

package struct Finding {
    package enum Level: Int, Comparable {
        case broken, hint, well
        package static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }
    package let level: Level
    package let part: String
    package let found: String
    package let advice: String
    /// Whether it is only reported, and nothing needs doing about it.
    package let isPast: Bool
    package init(_ level: Level, _ part: String, _ found: String, _ advice: String = "", isPast: Bool = false) {
        self.level = level
        self.part = part
        self.found = found
        self.advice = advice
        self.isPast = isPast
    }
    /// A file or a home that a person has to mend, rather than a service that does not answer.
    package var isConfiguration: Bool { level == .broken && [Doctor.settings, Doctor.prompts, Doctor.world].contains(part) }
}
