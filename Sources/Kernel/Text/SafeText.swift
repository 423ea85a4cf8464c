// Text that came from outside, made harmless for each place it is shown or kept in: one function a place, and all of them here.
// They differ in what becomes of a character that shows nothing: where a person reads, it goes; where text is kept or counted, it
// leaves a space, so that words stay apart. Visibility.swift says which characters those are.

public enum SafeText {
    /// What a person may see of untrusted text, on one line. Line ends and tabs become spaces; other control characters,
    /// bidirectional and zero-width ones, and unassigned or private scalars are dropped.
    /// - Parameter limit: longest result in Characters; what is longer ends in `…`.
    public static func line(_ text: String, limit: Int = 600) -> String {
        var out = ""
        var lastWasSpace = true
        // A scalar takes at most as much room as we read here, so hostile megabytes cost nothing.
        for scalar in text.unicodeScalars.prefix(max(0, limit) * 8) {
            if scalar.isSpace {
                if !lastWasSpace { out.unicodeScalars.append(" ") }
                lastWasSpace = true
            } else if scalar.isVisible {
                out.unicodeScalars.append(scalar)
                lastWasSpace = false
            }
        }
        while out.last == " " { out.removeLast() }
        guard out.count > limit else { return out }
        return limit > 0 ? out.prefix(limit - 1) + "…" : ""
    }

    /// Our own text for a terminal: line ends and tabs stay, characters that could steer the terminal go.
    public static func terminal(_ text: String) -> String {
        // Most text is plain ASCII, and then there is nothing to look up.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 10 || $0 == 9 }) { return text }
        var out = String.UnicodeScalarView()
        out.append(contentsOf: text.unicodeScalars.filter { $0 == "\n" || $0 == "\t" || $0.isVisible })
        return String(out)
    }

    /// What a source said of itself, in a report: printable, on one line, at most `limit` scalars and then `…`.
    /// - Parameter hidden: what stands for each character that is not printable.
    public static func short(_ text: String, limit: Int = 120, hidden: Unicode.Scalar = " ") -> String {
        var result = String.UnicodeScalarView()
        for (count, scalar) in text.unicodeScalars.enumerated() {
            if count == limit { return String(result) + "…" }
            result.append(scalar.isPrintable ? scalar : hidden)
        }
        return String(result)
    }

    /// What a person typed as a reason or a name, before it is kept or repeated: printable, on one line, at most 200 scalars.
    public static func typed(_ text: String) -> String { printable(text, limit: 200) }

    /// Only what is printable, at most `limit` scalars.
    public static func printable(_ text: String, limit: Int = .max) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.lazy.filter(\.isPrintable).prefix(limit)))
    }

    /// A headline's characters, at most `limit` scalars: a control, private or unassigned one separates words and becomes a space,
    /// one of no width separates nothing.
    /// - Parameter keepsInvisible: whether those of no width stay in, for a caller that wants to know of them.
    public static func headline(_ text: String, keepsInvisible: Bool, limit: Int) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.compactMap { scalar in
                    if scalar.isPrintable { return scalar }
                    guard scalar.isFormat else { return " " }
                    return keepsInvisible ? scalar : nil
                }.prefix(limit)))
    }

    /// What a provider of models said went wrong: ASCII, its spaces single, at most `limit` characters.
    public static func ascii(_ text: String, limit: Int) -> String {
        let printable = String(String.UnicodeScalarView(text.unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? $0 : " " }))
        return String(printable.split(separator: " ").joined(separator: " ").prefix(limit))
    }
}
