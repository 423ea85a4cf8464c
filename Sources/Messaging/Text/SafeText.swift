// Text that came from outside, made harmless to show: one line, no control characters, nothing that
// reverses or hides what follows, and no longer than asked.

public enum SafeText {
    /// What a person may see of untrusted text, on one line. Line ends and tabs become spaces; other control characters,
    /// bidirectional and zero-width ones, and unassigned or private scalars are dropped.
    /// - Parameter limit: longest result in Characters; what is longer ends in `…`.
    public static func line(_ text: String, limit: Int = 600) -> String {
        var out = ""
        var lastWasSpace = true
        // A scalar takes at most as much room as we read here, so hostile megabytes cost nothing.
        for scalar in text.unicodeScalars.prefix(max(0, limit) * 8) {
            if isSpace(scalar) {
                if !lastWasSpace { out.unicodeScalars.append(" ") }
                lastWasSpace = true
            } else if isVisible(scalar) {
                out.unicodeScalars.append(scalar)
                lastWasSpace = false
            }
        }
        while out.last == " " { out.removeLast() }
        guard out.count > limit else { return out }
        return limit > 0 ? out.prefix(limit - 1) + "…" : ""
    }

    /// Our own text for a terminal: line ends and tabs stay, what could steer the terminal goes.
    public static func terminal(_ text: String) -> String {
        // Most text is plain ASCII, and then there is nothing to look up.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 10 || $0 == 9 }) { return text }
        var out = String.UnicodeScalarView()
        out.append(contentsOf: text.unicodeScalars.filter { $0 == "\n" || $0 == "\t" || isVisible($0) })
        return String(out)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: true
        default: (9...13).contains(scalar.value) || scalar.value == 0x85
        }
    }

    /// Not a control, format (bidi, zero-width, soft hyphen, tag), surrogate, private or unassigned scalar, nor one of
    /// the letters and selectors that show nothing.
    public static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
