// Bytes to text for the encodings feeds really use: UTF-8, and latin-1 or windows-1252 if the XML
// prolog says so. Invalid UTF-8 and every other encoding is refused.

enum CharacterSets {
    /// nil if the declared encoding is not one of ours or the bytes are not valid in it.
    static func decode(_ body: [UInt8]) -> String? {
        var bytes = body[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            bytes = bytes.dropFirst(3)
            return String(validating: bytes, as: UTF8.self)
        }
        switch declaredEncoding(bytes) {
        case nil, "utf-8", "utf8", "us-ascii": return String(validating: bytes, as: UTF8.self)
        case "iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252":
            // Pages that say latin-1 mean windows-1252, as every browser assumes.
            var text = String.UnicodeScalarView()
            for byte in bytes { text.append(windows1252(byte) ?? " ") }
            return String(text)
        default: return nil
        }
    }

    /// The `encoding` of `<?xml … ?>`, in lower case.
    private static func declaredEncoding(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.starts(with: Array("<?xml".utf8)) else { return nil }
        let prolog = String(decoding: bytes.prefix(200), as: UTF8.self)
        guard let end = prolog.firstRange(of: "?>")?.lowerBound,
            let key = prolog[..<end].firstRange(of: "encoding")
        else { return nil }
        let rest = prolog[key.upperBound..<end].drop { $0 == " " || $0 == "=" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return rest.dropFirst().prefix { $0 != quote }.lowercased()
    }

    /// The character of a windows-1252 byte; nil for its five holes.
    static func windows1252(_ byte: UInt8) -> Unicode.Scalar? {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        let upper: [UInt32] = [
            0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
            0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178
        ]
        let code = upper[Int(byte - 0x80)]
        return code == 0 ? nil : Unicode.Scalar(code)
    }
}
