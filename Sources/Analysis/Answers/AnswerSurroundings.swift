// The words around the object that is taken for the answer. An ordinary sentence before it changes nothing, and neither
import Kernel

// does a courtesy behind it. A tag nobody knows, thoughts that were only begun, and words that take the object back
// leave in doubt whether it is the answer at all, and what is in doubt is not acted on.

enum AnswerSurroundings {
    /// - Parameters:
    ///   - before: what stands before the last object of the answer, outside of all values and fences.
    ///   - after: what stands behind it.
    ///   - action: what it says to do, as written; nil if it says none.
    static func judge(before: [Unicode.Scalar], after: [Unicode.Scalar], action: String?) throws(AnswerRejection) {
        let before = AnswerFolding(before).scalars, after = AnswerFolding(after).scalars
        if AnswerThoughts.isOpened(in: before) || AnswerThoughts.isOpened(in: after) || endsInThoughts(before) {
            throw AnswerRejection(.unfinishedThought)
        }
        if tags(before).contains(where: { !isKnown($0) }) { throw AnswerRejection(.doubtfulWords) }
        // A tag that closes what was opened before the object says nothing new.
        if tags(after).contains(where: { !$0.hasPrefix("/") && !isKnown($0) }) { throw AnswerRejection(.doubtfulWords) }
        if takesBack(words(after), action) { throw AnswerRejection(.doubtfulWords) }
    }

    // MARK: Tags

    /// What stands between the brackets of each tag.
    private static func tags(_ text: [Unicode.Scalar]) -> [String] {
        text.indices.compactMap { at in
            guard text[at] == "<", let end = AnswerFolding.tagEnd(text, at) else { return nil }
            return string(text[(at + 1)..<(end - 1)])
        }
    }

    private static func isKnown(_ tag: String) -> Bool { known.contains(tag.hasPrefix("/") ? String(tag.dropFirst()) : tag) }

    /// Tags that wrap answers, and those that chat templates put around them.
    private static let known: Set<String> = [
        "answer", "final", "final_answer", "output", "response", "result", "decision", "json", "code", "pre", "p", "br", "s", "tool_call",
        "function_call",
        "begin_of_text", "|begin_of_text|", "|end_of_text|", "|endoftext|", "|im_start|", "|im_end|", "|start|", "|channel|", "|message|", "|end|",
        "|return|",
        "|constrain|", "|assistant|", "|eot_id|", "|begin_of_solution|", "|end_of_solution|", "|start_header_id|", "|end_header_id|", "start_of_turn",
        "end_of_turn",
        "|begin\u{2581}of\u{2581}sentence|", "|end\u{2581}of\u{2581}sentence|"
    ]

    // MARK: Headings

    /// Whether a line is the heading of thoughts, and none of the answer comes after it.
    private static func endsInThoughts(_ text: [Unicode.Scalar]) -> Bool {
        var isThinking = false
        for line in text.split(whereSeparator: { [10, 11, 12, 13, 0x85, 0x2028, 0x2029].contains($0.value) }) {
            guard let heading = heading(line) else { continue }
            if thinking.contains(heading) { isThinking = true } else if answering.contains(where: heading.hasSuffix) { isThinking = false }
        }
        return isThinking
    }

    /// The words that a line begins with up to a colon, or all of one that is marked as a heading.
    private static func heading(_ line: ArraySlice<Unicode.Scalar>) -> String? {
        let decoration: Set<Unicode.Scalar> = ["#", "*", "_", ">", "-", ".", "`"]
        let words = line.drop { decoration.contains($0) || $0.isSpace || AnswerCharacters.isDigit($0) }
        let isMarked = line.first(where: { !$0.isSpace }).map { $0 == "#" || $0 == "*" } ?? false
        let end = words.firstIndex(of: ":") ?? (isMarked ? words.endIndex : nil)
        guard let end, end - words.startIndex <= 40 else { return nil }
        return AnswerCharacters.trimmed(string(words[..<end].filter { !decoration.contains($0) }))
    }

    private static let thinking: Set<String> = [
        "thinking process", "thought process", "thinking", "thoughts", "thought", "my thoughts", "my thinking", "chain of thought",
        "reasoning process",
        "scratchpad", "inner monologue", "internal monologue", "reflection", "let me think"
    ]
    private static let answering = ["answer", "decision", "output", "result", "response", "final", "conclusion", "json"]

    // MARK: Words behind

    /// Whether words behind an object take it back, or name something else to do.
    private static func takesBack(_ words: [String], _ action: String?) -> Bool {
        let own = action.map { AnswerCharacters.lowercased(AnswerCharacters.trimmed($0)) }
        return words.contains { retractions.contains($0) || (actions.contains($0) && $0 != own) }
    }

    private static let retractions: Set<String> = [
        "wait", "no", "not", "instead", "cannot", "cant", "dont", "wont", "isnt", "actually", "however", "but", "wrong", "mistake", "mistaken",
        "error", "correction", "corrected",
        "ignore", "disregard", "reconsider", "reconsidering", "scratch", "sorry", "rather", "except", "unless", "hmm", "example", "hypothetical",
        "placeholder", "template", "retract", "cancel"
    ]
    private static let actions: Set<String> = ["buy", "sell", "hold", "short"]

    /// Words of letters; the usual disclaimer is none.
    private static func words(_ text: [Unicode.Scalar]) -> [String] {
        let all = text.filter { $0 != "'" && $0 != "\u{2019}" }.split { !$0.properties.isAlphabetic }.map { string($0) }
        var kept: [String] = []
        for word in all {
            kept.append(word)
            if word == "advice", kept.count > 2, ["financial", "investment", "trading"].contains(kept[kept.count - 2]), kept[kept.count - 3] == "not"
            {
                kept.removeLast(3)
            }
        }
        return kept
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
