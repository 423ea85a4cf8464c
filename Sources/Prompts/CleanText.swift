// A text from outside, made fit for a prompt: one line, no invisible characters, wide and styled letters as
// plain ones, cut to a length. What was found on the way is kept as flags. Cleaning is linear and a second
// cleaning changes nothing.

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
            if Self.isSpace(scalar) { spaceDue = count > 0; continue }
            guard !Self.isInvisible(scalar) else { flags.insert(.invisible); continue }
            let isMark = Self.isMark(scalar)
            marks = isMark ? marks + 1 : 0
            if (0x334...0x338).contains(scalar.value) || (0x20d0...0x20ff).contains(scalar.value) || marks > 3 { flags.insert(.overlay); continue }
            let plain = Self.folded(scalar)
            if plain != scalar { flags.insert(.styled) }
            guard count + (spaceDue ? 2 : 1) <= limit else { flags.insert(.cut); break }
            if spaceDue { kept.append(" "); count += 1; spaceDue = false }
            kept.append(plain)
            count += 1
        }
        text = String(kept)
        self.flags = flags.union(TextFlag.found(in: text)).sorted()
    }

    private static func isSpace(_ c: Unicode.Scalar) -> Bool { c.properties.isWhitespace || c.properties.generalCategory == .control }

    /// Format characters (zero-width, bidi, tags), variation selectors, private and unassigned ones, fillers.
    private static func isInvisible(_ c: Unicode.Scalar) -> Bool {
        switch c.properties.generalCategory {
        case .format, .privateUse, .surrogate, .unassigned: return true
        default: break
        }
        switch c.value {
        case 0xfe00...0xfe0f, 0xe0100...0xe01ef, 0x180b...0x180f, 0x115f, 0x1160, 0x3164, 0xffa0, 0x034f, 0x2800: return true
        default: return false
        }
    }

    private static func isMark(_ c: Unicode.Scalar) -> Bool {
        switch c.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    /// Full-width, circled and mathematical letters and digits as ASCII (the part of NFKC that hides words).
    private static func folded(_ c: Unicode.Scalar) -> Unicode.Scalar {
        switch c.value {
        case 0xff10...0xff19, 0xff21...0xff3a, 0xff41...0xff5a: ascii(c.value - 0xff01 + 0x21)
        case 0x1d400...0x1d6a3: letter((c.value - 0x1d400) % 52)
        case 0x1d7ce...0x1d7ff: ascii(0x30 + (c.value - 0x1d7ce) % 10)
        case 0x24b6...0x24cf: ascii(0x41 + c.value - 0x24b6)
        case 0x24d0...0x24e9: ascii(0x61 + c.value - 0x24d0)
        case 0x1f130...0x1f149: ascii(0x41 + c.value - 0x1f130)
        case 0x1f150...0x1f169: ascii(0x41 + c.value - 0x1f150)
        case 0x1f170...0x1f189: ascii(0x41 + c.value - 0x1f170)
        default: c
        }
    }
    private static func letter(_ place: UInt32) -> Unicode.Scalar { ascii(place < 26 ? 0x41 + place : 0x61 + place - 26) }
    private static func ascii(_ value: UInt32) -> Unicode.Scalar { Unicode.Scalar(UInt8(truncatingIfNeeded: value)) }
}
