// A name for a text that is the same everywhere.

/// FNV-1a, 64 bits: the same on every machine and run. Not a cryptographic hash, it only names.
enum StableHash {
    static func value(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
    static func hexadecimal(_ text: String) -> String {
        let digits = String(value(text), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
