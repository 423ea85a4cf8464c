// How a value from a file is repeated in an error: short, on one line, and not at all if it looks
// like a key or token that was put in the wrong place.

public enum Echo {
    /// A key's or value's text for a message.
    public static func of(_ text: String) -> String {
        looksSecret(text) ? "(not shown: it may be a secret)" : SafeText.short(text, limit: 40, hidden: "?")
    }

    /// The same in quotes, as a value is named.
    public static func quoted(_ text: String) -> String { looksSecret(text) ? of(text) : "'\(of(text))'" }

    /// A dotted key, each part as in `of`.
    public static func key(_ key: String) -> String {
        key.split(separator: ".", omittingEmptySubsequences: false).map { of(String($0)) }.joined(separator: ".")
    }

    /// True for text in the form of a provider's key or a Telegram bot's token: no setting may hold it.
    public static func isSecret(_ text: String) -> Bool {
        if ["sk-", "sk_", "xox", "ghp_", "CG-", "Bearer "].contains(where: text.hasPrefix) { return text.utf8.count >= 16 }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && (6...12).contains(parts[0].utf8.count) && parts[0].utf8.allSatisfy { (48...57).contains($0) }
            && parts[1].utf8.count >= 30
    }

    /// True for a text that may be a secret of any form: 24 and more characters with letters and digits and no
    /// space. A setting may look so (a model's long name); it is only not repeated.
    static func looksSecret(_ text: String) -> Bool {
        if isSecret(text) { return true }
        let bytes = text.utf8
        let word = bytes.allSatisfy { (48...57).contains($0) || (97...122).contains($0 | 32) || [43, 45, 46, 47, 58, 61, 95].contains($0) }
        return word && bytes.count >= 24 && bytes.contains { (48...57).contains($0) } && bytes.contains { (97...122).contains($0 | 32) }
    }
}
