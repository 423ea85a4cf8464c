// A number never parts from its unit at the end of a line: what stands between them is a space that does not break.

extension Format {
    /// Chat text with `0.45 %`, `74.90 USDT` and `14:00 UTC` held together. Other spaces stay as they are.
    static func unbroken(_ text: String) -> String {
        let characters = Array(text)
        return String(
            characters.indices.map { index in
                characters[index] == " " && index > 0 && isDigit(characters[index - 1]) && isUnit(characters[(index + 1)...])
                    ? "\u{A0}" : characters[index]
            })
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    /// A per cent sign, or a code in capitals: currency or zone.
    private static func isUnit(_ text: ArraySlice<Character>) -> Bool {
        if text.first == "%" { return true }
        let word = text.prefix { ("A"..."Z").contains($0) }
        return word.count >= 2
    }
}
