// A text from outside, made fit for a prompt: one line, no invisible characters, wide and styled letters as
// plain ones, cut to a length. What was found on the way is kept as flags. Cleaning is linear and a second
// cleaning changes nothing. Kernel's Visibility and StyledLetters say which characters are which.
import Kernel

public struct CleanText: Hashable, Sendable {
    public let text: String
    /// Sorted.
    public let flags: [TextFlag]

    /// - Parameter limit: the most Unicode scalars that are kept.
    public init(_ raw: String, limit: Int) {
        var kept = String.UnicodeScalarView()
        var flags: Set<TextFlag> = []
        var count = 0, marks = 0, spaceDue = false
        for scalar in raw.unicodeScalars {
            if scalar.isSpace || scalar.isControl { spaceDue = count > 0; continue }
            guard !scalar.isHidden else { flags.insert(.invisible); continue }
            let isMark = scalar.isMark
            marks = isMark ? marks + 1 : 0
            if scalar.isOverlay || marks > 3 { flags.insert(.overlay); continue }
            let plain = scalar.unstyled
            if plain != scalar { flags.insert(.styled) }
            guard count + (spaceDue ? 2 : 1) <= limit else { flags.insert(.cut); break }
            if spaceDue { kept.append(" "); count += 1; spaceDue = false }
            kept.append(plain)
            count += 1
        }
        text = String(kept)
        self.flags = flags.union(TextFlag.found(in: text)).sorted()
    }
}
