// What was found of one part, how bad it is, and what to do about it.

struct Finding {
    enum Level: Int, Comparable {
        case broken, hint, well
        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
        var mark: String { ["✗", "!", "✓"][rawValue] }
        var word: String { ["broken", "hint", "well"][rawValue] }
    }
    let level: Level
    let part: String
    let found: String
    let advice: String
    init(_ level: Level, _ part: String, _ found: String, _ advice: String = "") {
        self.level = level
        self.part = part
        self.found = found
        self.advice = advice
    }
    var json: JSONOutput {
        .fields([("part", .text(part)), ("level", .text(level.word)), ("found", .text(found)), ("advice", .text(advice))])
    }

    /// A file or a home that a person has to mend, rather than a service that does not answer.
    var isConfiguration: Bool { level == .broken && [Doctor.settings, Doctor.prompts, Doctor.world].contains(part) }
}
