// Text from outside, made fit for one line of a report.

public enum OutsideText {
    /// Printable, on one line, at most 120 characters.
    public static func short(_ text: String, limit: Int = 120) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            if count == limit { return result + "…" }
            result.unicodeScalars.append(isPrintable(scalar) ? scalar : " ")
            count += 1
        }
        return result
    }

    /// No controls, no direction overrides, no invisible or private characters, no line separators.
    public static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
