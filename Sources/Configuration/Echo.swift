// How a value from a file is repeated in an error: short, on one line, and not at all where it looks
// like a key or token that was put in the wrong place.

enum Echo {
    /// A key's or value's text for a message.
    static func of(_ text: String) -> String {
        if looksSecret(text) { return "(not shown: it may be a secret)" }
        var shown = ""
        for scalar in text.unicodeScalars {
            if shown.unicodeScalars.count == 40 { return shown + "…" }
            shown.unicodeScalars.append(scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format ? "?" : scalar)
        }
        return shown
    }

    /// The same in quotes, as a value is named.
    static func quoted(_ text: String) -> String { looksSecret(text) ? of(text) : "'\(of(text))'" }

    /// True for text as providers issue it: a known prefix, or 24 and more characters with letters and
    /// digits and no space.
    static func looksSecret(_ text: String) -> Bool {
        let bytes = text.utf8
        if ["sk-", "sk_", "xox", "ghp_", "CG-", "Bearer "].contains(where: text.hasPrefix), bytes.count >= 8 { return true }
        let word = bytes.allSatisfy { (48...57).contains($0) || (97...122).contains($0 | 32) || [43, 45, 46, 47, 58, 61, 95].contains($0) }
        return word && bytes.count >= 24 && bytes.contains { (48...57).contains($0) } && bytes.contains { (97...122).contains($0 | 32) }
    }
}
