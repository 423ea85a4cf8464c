// What a reasoning model thinks before it answers, where its server does not split that off. Thoughts are not the
// answer, whatever they hold, and thoughts that never end leave none.

enum AnswerThoughts {
    /// A pair of marks that encloses thoughts, in lower case.
    private struct Marks {
        let open: [UInt8], close: [UInt8]
        init(_ open: String, _ close: String) {
            self.open = Array(open.utf8)
            self.close = Array(close.utf8)
        }
    }

    private static let marks: [Marks] =
        ["think", "thinking", "thought", "thoughts", "reasoning", "reflection", "analysis", "scratchpad", "seed:think"].map { Marks("<\($0)>", "</\($0)>") }
        + ["think", "thinking", "reasoning"].map { Marks("[\($0)]", "[/\($0)]") }
        + [Marks("<|begin_of_thought|>", "<|end_of_thought|>"), Marks("◁think▷", "◁/think▷"),
           Marks("<|channel|>analysis<|message|>", "<|end|>")]

    /// The answer behind the thoughts.
    struct Parted {
        let answer: String
        /// The answer with what stands before a closing mark that nothing opened: such a mark may also be words inside
        /// the answer itself. nil where there is none.
        let whole: String?
        let hadThoughts: Bool
    }

    /// - Throws: `unfinishedThought` where thoughts begin and never end.
    static func parted(_ text: String) throws(AnswerRejection) -> Parted {
        let bytes = Array(text.utf8), folded = bytes.map { (65...90).contains($0) ? $0 | 32 : $0 }
        var at = afterSpace(folded, 0)
        let begin = at
        while let opened = marks.first(where: { folded[at...].starts(with: $0.open) }) {
            guard let end = closing(opened, folded, from: at + opened.open.count) else { throw AnswerRejection(.unfinishedThought) }
            at = afterSpace(folded, end)
        }
        let whole = decoded(bytes[at...])
        guard let orphan = lastClosing(folded, from: at), !beginsValue(folded, at) else {
            // A thought that begins before any answer and never ends.
            if opensBeforeAnswer(folded, from: at) { throw AnswerRejection(.unfinishedThought) }
            return Parted(answer: whole, whole: nil, hadThoughts: at > begin)
        }
        if opensBeforeAnswer(folded, from: orphan) { throw AnswerRejection(.unfinishedThought) }
        return Parted(answer: decoded(bytes[orphan...]), whole: whole, hadThoughts: true)
    }

    /// Behind the mark that closes what is opened before `start`; marks of the same kind may nest.
    private static func closing(_ marks: Marks, _ bytes: [UInt8], from start: Int) -> Int? {
        var depth = 1, at = start
        while at < bytes.count {
            if bytes[at...].starts(with: marks.close) {
                depth -= 1
                at += marks.close.count
                if depth == 0 { return at }
            } else if bytes[at...].starts(with: marks.open) {
                depth += 1
                at += marks.open.count
            } else {
                at += 1
            }
        }
        return nil
    }

    private static func last(_ mark: [UInt8], _ bytes: [UInt8], from start: Int) -> Int? {
        var at = bytes.count - mark.count
        while at >= start {
            if bytes[at...].starts(with: mark) { return at + mark.count }
            at -= 1
        }
        return nil
    }

    private static func lastClosing(_ bytes: [UInt8], from start: Int) -> Int? {
        marks.compactMap { last($0.close, bytes, from: start) }.max()
    }

    /// Whether an opening mark stands before the first brace.
    private static func opensBeforeAnswer(_ bytes: [UInt8], from start: Int) -> Bool {
        let brace = bytes[start...].firstIndex(of: UInt8(ascii: "{")) ?? bytes.count
        return marks.contains { mark in (start..<brace).contains { bytes[$0...].starts(with: mark.open) } }
    }

    /// Whether an object, a list or a fence comes first: then a mark further on is a word inside it.
    private static func beginsValue(_ bytes: [UInt8], _ at: Int) -> Bool {
        at < bytes.count && [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "`"), UInt8(ascii: "\"")].contains(bytes[at])
    }

    private static func afterSpace(_ bytes: [UInt8], _ start: Int) -> Int {
        var at = start
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        while at < bytes.count {
            if [9, 10, 13, 32].contains(bytes[at]) { at += 1 } else if bytes[at...].starts(with: byteOrderMark) { at += 3 } else { break }
        }
        return at
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
