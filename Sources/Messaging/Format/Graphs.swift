// Pictures made of letters, for a chat message and a terminal alike: a sparkline and a progress bar.

extension Format {
    private static let levels = Array("▁▂▃▄▅▆▇█")

    /// What one character of a sparkline tells of the values it stands for.
    public enum Step: Sendable {
        /// Their mean; heights are between the lowest and the highest mean.
        case mean
        /// The last of them, as where an account stood then; heights are between the lowest and the highest of all values.
        case last
    }

    /// One character a value from `▁` (the lowest) to `█` (the highest); a flat line is all `▁`.
    /// More than `width` values share `width` characters; what is not finite is left out.
    public static func sparkline(_ values: [Double], width: Int = 24, step: Step = .mean) -> String {
        let known = values.filter(\.isFinite), shown = grouped(known, width: width, step), range = step == .mean ? shown : known
        guard let low = range.min(), let high = range.max() else { return "" }
        // Halves, because the span of two finite numbers need not be finite.
        let span = high / 2 - low / 2
        return String(
            shown.map { value in
                guard span > 0 else { return levels[0] }
                let share = (value / 2 - low / 2) / span
                return levels[min(levels.count - 1, Int(share * Double(levels.count)))]
            })
    }

    private static func grouped(_ values: [Double], width: Int, _ step: Step) -> [Double] {
        guard width > 0 else { return [] }
        guard values.count > width else { return values }
        return (0..<width).map { group in
            let part = values[(group * values.count / width)..<((group + 1) * values.count / width)]
            return step == .last ? values[part.endIndex - 1] : part.reduce(0) { $0 + $1 / Double(part.count) }
        }
    }

    /// `███████░░░░░`: `done` of `total`, never full before the end and never empty after the start.
    public static func progress(_ done: Int, of total: Int, width: Int = 12) -> String {
        guard width > 0 else { return "" }
        let filled: Int
        if total <= 0 || done >= total {
            filled = width
        } else if done <= 0 {
            filled = 0
        } else {
            let share = Int((Double(done) / Double(total) * Double(width)).rounded(.down))
            filled = min(max(share, 1), max(width - 1, 1))
        }
        return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    }
}
