// What is suspicious about a text. A flag is a hint for logs and for the model, never the control: what an
// answer may do is limited elsewhere, and a clean text may lie as well as a flagged one.

public enum TextFlag: String, Sendable, CaseIterable, Comparable {
    /// Zero-width, bidi, tag or private characters were dropped.
    case invisible
    /// Letters were struck through or piled with marks, which were dropped.
    case overlay
    /// Wide, circled or mathematical letters were written as plain ones.
    case styled
    /// The text was longer than is kept.
    case cut
    /// A word mixes Latin with Greek or Cyrillic letters.
    case mixedScript
    /// HTML or chat-template marks.
    case markup
    /// Template or code syntax.
    case template
    /// Keys of our own answers in braces or quotes.
    case answerForm
    /// Words that speak to a model.
    case instruction
    /// Few words, often repeated.
    case repetition
    /// A long run without a space, as encoded texts have.
    case encoded

    /// Flags for which the text is not shown, only that there was one.
    public var withholds: Bool { self == .mixedScript || self == .answerForm || self == .markup || self == .instruction }

    public static func < (a: TextFlag, b: TextFlag) -> Bool { a.rawValue < b.rawValue }

    /// The flags of an already cleaned text.
    static func found(in text: String) -> Set<TextFlag> {
        var flags: Set<TextFlag> = []
        let lower = text.lowercased()
        let words = lower.split(separator: " ")
        if words.contains(where: isMixed) { flags.insert(.mixedScript) }
        if words.contains(where: isEncoded) { flags.insert(.encoded) }
        if words.count >= 12, Set(words).count * 3 <= words.count { flags.insert(.repetition) }
        if marks.contains(where: lower.contains) || hasTag(lower) { flags.insert(.markup) }
        if templates.contains(where: lower.contains) { flags.insert(.template) }
        if keys.contains(where: lower.contains) { flags.insert(.answerForm) }
        if phrases.contains(where: lower.contains) { flags.insert(.instruction) }
        return flags
    }

    private static let marks = ["<|", "|>", "[inst]", "[/inst]", "<<sys>>", "<!--", "```", "</", "onerror=", "javascript:"]
    private static let templates = ["{{", "}}", "{%", "${", "$(", "%(", "__class__"]
    private static let keys = [
        "\"action\"", "'action'", "\"confidence\"", "\"picks\"", "action=", "\\\"action", "action:buy", "action: sell", "action: buy"
    ]
    private static let phrases = [
        "ignore all", "ignore previous", "ignore the above", "ignore above", "ignore your", "ignore these", "ignore limits", "previous instructions",
        "prior instructions", "your instructions",
        "your guidelines", "disregard the risk", "disregard your", "system prompt", "from now on you", "you are now", "language model", "ai agent",
        "agents must", "answer with action",
        "set action", "output buy", "output sell", "if you do not output", "respond with", "reply only with", "ignore%20"
    ]

    /// A long run of ASCII that is no address; scripts without spaces write long words.
    private static func isEncoded(_ word: Substring) -> Bool {
        word.utf8.count > 60 && !word.hasPrefix("http") && word.utf8.allSatisfy { $0 < 0x80 }
    }

    /// `<` followed by a letter.
    private static func hasTag(_ text: String) -> Bool {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if previous == UInt8(ascii: "<"), (97...122).contains(byte) { return true }
            previous = byte
        }
        return false
    }

    /// Latin beside Greek, Cyrillic, Armenian or Cherokee letters in one word.
    private static func isMixed(_ word: Substring) -> Bool {
        var latin = false, other = false
        for scalar in word.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5a, 0x61...0x7a, 0xc0...0x24f, 0x1e00...0x1eff: latin = true
            case 0x370...0x3ff, 0x1f00...0x1fff, 0x400...0x52f, 0x530...0x58f, 0x13a0...0x13ff: other = true
            default: break
            }
        }
        return latin && other
    }
}
