// Which characters a person sees. Everything that shows, keeps or repeats text from outside asks here.

extension Unicode.Scalar {
    /// Not a control, format (bidi, zero-width, soft hyphen, tag), surrogate, private or unassigned scalar, nor a separator of
    /// lines or paragraphs.
    public var isPrintable: Bool {
        if (0x20..<0x7F).contains(value) { return true }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }

    /// Printable, and not one of the letters and selectors that show nothing.
    public var isVisible: Bool { isPrintable && !properties.isDefaultIgnorableCodePoint }

    /// What hides among the letters of a headline: what is not visible, and the Braille pattern without a dot. The two vowels of
    /// Khmer that are only never drawn hide nothing.
    public var isHidden: Bool { value == 0x2800 || !isVisible && !(0x17B4...0x17B5).contains(value) }

    /// Space of any script, line ends and tabs included: Unicode's White_Space, as a list because parsers ask for each character.
    public var isSpace: Bool {
        switch value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    public var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }

    /// Zero-width and direction characters, soft hyphens, tags: they separate no words.
    public var isFormat: Bool { properties.generalCategory == .format }

    /// A mark that stands on the letter before it and takes no room.
    public var isMark: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    /// A mark that lies across its letter and may make it unreadable.
    public var isOverlay: Bool { (0x334...0x338).contains(value) || (0x20D0...0x20FF).contains(value) }
}
