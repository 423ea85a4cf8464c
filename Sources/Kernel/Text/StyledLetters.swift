// Full-width, circled and mathematical letters and digits as ASCII: the part of NFKC that hides words.

extension Unicode.Scalar {
    /// The plain letter or digit that this one is a style of; else itself.
    public var unstyled: Unicode.Scalar {
        switch value {
        case 0xff10...0xff19, 0xff21...0xff3a, 0xff41...0xff5a: Self.ascii(value - 0xff01 + 0x21)
        case 0x1d400...0x1d6a3: Self.letter((value - 0x1d400) % 52)
        case 0x1d7ce...0x1d7ff: Self.ascii(0x30 + (value - 0x1d7ce) % 10)
        case 0x24b6...0x24cf: Self.ascii(0x41 + value - 0x24b6)
        case 0x24d0...0x24e9: Self.ascii(0x61 + value - 0x24d0)
        case 0x1f130...0x1f149: Self.ascii(0x41 + value - 0x1f130)
        case 0x1f150...0x1f169: Self.ascii(0x41 + value - 0x1f150)
        case 0x1f170...0x1f189: Self.ascii(0x41 + value - 0x1f170)
        default: self
        }
    }

    private static func letter(_ place: UInt32) -> Unicode.Scalar { ascii(place < 26 ? 0x41 + place : 0x61 + place - 26) }
    private static func ascii(_ value: UInt32) -> Unicode.Scalar { Unicode.Scalar(UInt8(truncatingIfNeeded: value)) }
}
