// The texts, spaces and comments of the tolerant reader. Inside a text nothing is mended but raw control
import Kernel

// characters: a broken escape or half a surrogate pair is damage, and a zero-width character stays.

extension TolerantReader {
    /// Skips space, zero-width characters and comments.
    mutating func space() throws(AnswerRejection) {
        while let c = current {
            if c.isSpace {
                try step()
            } else if AnswerCharacters.isZeroWidth(c) {
                repairs.insert(.zeroWidth)
                try step()
            } else if c == "#" || (c == "/" && peek(1) == "/") {
                repairs.insert(.comment)
                while let c = current, c != "\n", c != "\r" { try step() }
            } else if c == "/", peek(1) == "*" {
                repairs.insert(.comment)
                try step(2)
                while !(current == "*" && peek(1) == "/") {
                    guard current != nil else { throw AnswerRejection(.truncated) }
                    try step()
                }
                try step(2)
            } else {
                return
            }
        }
    }

    /// Steps over an opening quote of any style; nil if there is none.
    mutating func quote() throws(AnswerRejection) -> QuoteStyle? {
        guard let c = current else { return nil }
        if let style = QuoteStyle(opening: c) {
            if let repair = style.repair { repairs.insert(repair) }
            try step()
            return style
        }
        guard c == "&", let (scalar, length) = entity(), let style = QuoteStyle(entity: scalar) else { return nil }
        repairs.insert(.entities)
        try step(length)
        return style
    }

    /// Reads up to the closing quote of this style.
    mutating func text(_ style: QuoteStyle) throws(AnswerRejection) -> String {
        var out = String.UnicodeScalarView()
        while let c = current {
            if QuoteStyle(opening: c) == style {
                try step()
                return String(out)
            }
            if c == "\\" {
                try step()
                out.append(try escaped(in: style))
            } else if style.isEntity, c == "&", let (scalar, length) = entity() {
                try step(length)
                if QuoteStyle(entity: scalar) == style { return String(out) }
                out.append(scalar)
            } else {
                if c.value < 0x20 { repairs.insert(.rawControl) }
                out.append(c)
                try step()
            }
        }
        throw AnswerRejection(.truncated)
    }

    /// What follows a backslash: JSON's escapes, and `\'` if a single quote delimits.
    private mutating func escaped(in style: QuoteStyle) throws(AnswerRejection) -> Unicode.Scalar {
        guard let c = current else { throw AnswerRejection(.truncated) }
        if style.isEntity, c == "&", let (scalar, length) = entity(), QuoteStyle(entity: scalar) != nil {
            try step(length)
            return scalar
        }
        try step()
        switch c {
        case "\"", "\\", "/": return c
        case "b": return "\u{8}"
        case "f": return "\u{c}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "'" where style == .single: return c
        case "u": return try unicodeEscape()
        default: throw AnswerRejection(.malformed)
        }
    }

    private mutating func unicodeEscape() throws(AnswerRejection) -> Unicode.Scalar {
        let high = try hexUnit()
        if let scalar = Unicode.Scalar(high) {
            guard scalar != "\0" else { throw AnswerRejection(.nul) }
            return scalar
        }
        guard (0xd800...0xdbff).contains(high), current == "\\", peek(1) == "u" else { throw AnswerRejection(.malformed) }
        try step(2)
        let low = try hexUnit()
        guard (0xdc00...0xdfff).contains(low),
            let scalar = Unicode.Scalar(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
        else { throw AnswerRejection(.malformed) }
        return scalar
    }

    private mutating func hexUnit() throws(AnswerRejection) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let c = current else { throw AnswerRejection(.truncated) }
            switch c {
            case "0"..."9": unit = unit << 4 | (c.value - 48)
            case "a"..."f": unit = unit << 4 | (c.value - 87)
            case "A"..."F": unit = unit << 4 | (c.value - 55)
            default: throw AnswerRejection(.malformed)
            }
            try step()
        }
        return unit
    }

    /// The entity at this place and its length; only those an HTML escaper writes.
    private func entity() -> (Unicode.Scalar, Int)? {
        for (name, scalar) in Self.entities {
            guard at + name.count <= scalars.count else { continue }
            var same = true
            for (offset, c) in name.enumerated() where scalars[at + offset] != c { same = false; break }
            if same { return (scalar, name.count) }
        }
        return nil
    }

    private static let entities: [([Unicode.Scalar], Unicode.Scalar)] = [
        ("&quot;", "\""), ("&#34;", "\""), ("&#x22;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&apos;", "'"),
        ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")
    ].map { (name: String, scalar: Unicode.Scalar) in (Array(name.unicodeScalars), scalar) }

    func peek(_ offset: Int) -> Unicode.Scalar? { at + offset < scalars.count ? scalars[at + offset] : nil }
}
