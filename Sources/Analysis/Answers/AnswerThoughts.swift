// What a reasoning model thinks before it answers, if its server does not split that off. Thoughts are not the
// answer, whatever they hold, and thoughts that never end leave none.

enum AnswerThoughts {
    /// A pair of marks that encloses thoughts, in lower case.
    private struct Marks {
        let open: [Unicode.Scalar], close: [Unicode.Scalar]
        init(_ open: String, _ close: String) {
            self.open = Array(open.unicodeScalars)
            self.close = Array(close.unicodeScalars)
        }
    }

    private static let names = [
        "think", "thinking", "thought", "thoughts", "reasoning", "reflection", "analysis", "scratchpad", "seed:think",
        "chain_of_thought", "chain-of-thought", "inner_monologue"
    ]
    private static let marks: [Marks] =
        names.map { Marks("<\($0)>", "</\($0)>") }
        + ["think", "thinking", "reasoning"].map { Marks("[\($0)]", "[/\($0)]") }
        + [
            Marks("<|begin_of_thought|>", "<|end_of_thought|>"), Marks("◁think▷", "◁/think▷"),
            Marks("<|channel|>analysis<|message|>", "<|end|>"), Marks("<unused94>", "<unused95>")
        ]

    /// The answer behind the thoughts.
    struct Parted {
        let answer: String
        /// The answer with what stands before a closing mark that nothing opened: such a mark may also be words inside
        /// the answer itself. nil if there is none.
        let whole: String?
        let hadThoughts: Bool
    }

    /// - Throws: `unfinishedThought` if thoughts begin and never end.
    static func parted(_ text: String) throws(AnswerRejection) -> Parted {
        let scalars = Array(text.unicodeScalars), folding = AnswerFolding(scalars), folded = folding.scalars
        func rest(_ at: Int) -> String {
            String(String.UnicodeScalarView(scalars[folding.origins[at]...].drop { isSpace($0) || $0 == "\u{FEFF}" }))
        }
        var at = afterSpace(folded, 0)
        let begin = at
        while let opened = marks.first(where: { folded[at...].starts(with: $0.open) }) {
            guard let end = closing(opened, folded, from: at + opened.open.count) else { throw AnswerRejection(.unfinishedThought) }
            at = afterSpace(folded, end)
        }
        guard let orphan = lastClosing(folded, from: at), !beginsValue(folded, at) else {
            // A thought that begins before any answer and never ends.
            if opensBeforeAnswer(folded, from: at) { throw AnswerRejection(.unfinishedThought) }
            return Parted(answer: rest(at), whole: nil, hadThoughts: at > begin)
        }
        if opensBeforeAnswer(folded, from: orphan) { throw AnswerRejection(.unfinishedThought) }
        return Parted(answer: rest(orphan), whole: rest(at), hadThoughts: true)
    }

    /// Whether a thought is opened anywhere in these words.
    static func isOpened(in folded: [Unicode.Scalar]) -> Bool {
        folded.indices.contains { at in ["<", "[", "◁"].contains(folded[at]) && marks.contains { folded[at...].starts(with: $0.open) } }
    }

    /// Behind the mark that closes what is opened before `start`; marks of the same kind may nest.
    private static func closing(_ marks: Marks, _ text: [Unicode.Scalar], from start: Int) -> Int? {
        var depth = 1, at = start
        while at < text.count {
            if text[at] != marks.close[0], text[at] != marks.open[0] {
                at += 1
            } else if text[at...].starts(with: marks.close) {
                depth -= 1
                at += marks.close.count
                if depth == 0 { return at }
            } else if text[at...].starts(with: marks.open) {
                depth += 1
                at += marks.open.count
            } else {
                at += 1
            }
        }
        return nil
    }

    private static func last(_ mark: [Unicode.Scalar], _ text: [Unicode.Scalar], from start: Int) -> Int? {
        var at = text.count - mark.count
        while at >= start {
            if text[at] == mark[0], text[at...].starts(with: mark) { return at + mark.count }
            at -= 1
        }
        return nil
    }

    private static func lastClosing(_ text: [Unicode.Scalar], from start: Int) -> Int? {
        marks.compactMap { last($0.close, text, from: start) }.max()
    }

    /// Whether an opening mark stands before the first brace.
    private static func opensBeforeAnswer(_ text: [Unicode.Scalar], from start: Int) -> Bool {
        let brace = text[start...].firstIndex(of: "{") ?? text.count
        return isOpened(in: Array(text[start..<brace]))
    }

    /// Whether an object, a list or a fence comes first: then a mark further on is a word inside it.
    private static func beginsValue(_ text: [Unicode.Scalar], _ at: Int) -> Bool {
        at < text.count && ["{", "[", "`", "\""].contains(text[at])
    }

    private static func afterSpace(_ text: [Unicode.Scalar], _ start: Int) -> Int {
        var at = start
        while at < text.count, isSpace(text[at]) { at += 1 }
        return at
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { [9, 10, 13, 32].contains(scalar.value) }
}
