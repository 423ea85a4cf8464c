// Finding a secret in a text from outside that repeats it in another spelling: in upper case, spaced out, reversed,
// as hexadecimal digits, or with a part left out. Only letters and digits are compared, eight in a row are enough.

/// Where a text repeats enough of a secret to give it away.
struct SecretTraces {
    /// So many equal letters or digits in a row are no coincidence.
    private static let window = 8
    private let traces: Set<[UInt8]>

    init(_ secret: String) {
        let plain = Self.projected(Array(secret.utf8)).map(\.byte)
        let hex = secret.utf8.flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 15)]] }
        var traces: Set<[UInt8]> = []
        for spelling in [plain, plain.reversed(), hex, hex.reversed()] where spelling.count >= Self.window {
            for start in 0...(spelling.count - Self.window) { traces.insert(Array(spelling[start..<start + Self.window])) }
        }
        self.traces = traces
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// The text with each stretch that repeats the secret blotted out.
    func hidden(in message: String) -> String {
        let bytes = Array(message.utf8)
        let letters = Self.projected(bytes)
        guard !traces.isEmpty, letters.count >= Self.window else { return message }
        var stretches: [Range<Int>] = []
        for start in 0...(letters.count - Self.window) where traces.contains(letters[start..<start + Self.window].map(\.byte)) {
            let stretch = letters[start].place..<(letters[start + Self.window - 1].place + 1)
            if let last = stretches.last, last.upperBound >= stretch.lowerBound {
                stretches[stretches.count - 1] = last.lowerBound..<stretch.upperBound
            } else {
                stretches.append(stretch)
            }
        }
        var clean: [UInt8] = [], at = 0
        for stretch in stretches {
            clean += bytes[at..<stretch.lowerBound] + Array("***".utf8)
            at = stretch.upperBound
        }
        return String(decoding: clean + bytes[at...], as: UTF8.self)
    }

    /// ASCII letters in lower case and digits, each with its place in the text.
    private static func projected(_ bytes: [UInt8]) -> [(byte: UInt8, place: Int)] {
        bytes.enumerated().compactMap { place, byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): (byte, place)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): (byte | 0x20, place)
            default: nil
            }
        }
    }
}
