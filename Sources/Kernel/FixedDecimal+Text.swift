// Text to FixedDecimal and back. Parsing is strict: what cannot be represented exactly is refused,
// because a silently rounded price is a wrong price.

extension FixedDecimal {
    /// Parses plain decimal text such as `-12.50` or `8.2e-1`.
    /// Refused (nil): empty, spaces, a leading `+`, `.5`, `5.`, more than 12 decimals that matter,
    /// magnitudes of 1e24 and above, more than 64 characters, NaN and infinities.
    public init?(_ text: some StringProtocol) {
        guard let value = Self.parse(Array(text.utf8)[...]) else { return nil }
        self = value
    }

    /// Parses ASCII bytes; the same grammar as `init(_:)`.
    public init?(utf8 bytes: ArraySlice<UInt8>) {
        guard let value = Self.parse(bytes) else { return nil }
        self = value
    }

    private static func parse(_ bytes: ArraySlice<UInt8>) -> FixedDecimal? {
        guard !bytes.isEmpty, bytes.count <= 64 else { return nil }
        var index = bytes.startIndex
        let negative = bytes[index] == UInt8(ascii: "-")
        if negative { index += 1 }
        var digits: [UInt8] = []
        var exponent = 0
        func isDigit(_ i: Int) -> Bool { i < bytes.endIndex && bytes[i] &- 48 < 10 }
        guard isDigit(index) else { return nil }
        while isDigit(index) { digits.append(bytes[index] - 48); index += 1 }
        if index < bytes.endIndex, bytes[index] == UInt8(ascii: ".") {
            index += 1
            guard isDigit(index) else { return nil }
            while isDigit(index) { digits.append(bytes[index] - 48); exponent -= 1; index += 1 }
        }
        if index < bytes.endIndex, bytes[index] | 32 == UInt8(ascii: "e") {
            index += 1
            var sign = 1
            if index < bytes.endIndex, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
                sign = bytes[index] == UInt8(ascii: "-") ? -1 : 1
                index += 1
            }
            guard isDigit(index) else { return nil }
            var power = 0
            while isDigit(index) { power = min(power * 10 + Int(bytes[index] - 48), 10_000); index += 1 }
            exponent += sign * power
        }
        guard index == bytes.endIndex else { return nil }
        // Drop zeros that carry nothing, then see whether what is left fits.
        while let last = digits.last, last == 0, digits.count > 1 { digits.removeLast(); exponent += 1 }
        let significant = digits.drop { $0 == 0 }
        guard significant.first != nil else { return .zero }
        let shift = exponent + places
        guard shift >= 0, significant.count + exponent <= 24 else { return nil }
        var raw: Int128 = 0
        for digit in significant { raw = raw * 10 + Int128(digit) }
        for _ in 0..<shift { raw *= 10 }
        return FixedDecimal(raw: negative ? -raw : raw)
    }

    /// The value nearest to a finite Double, by its shortest round-trip decimal text
    /// (for JSON numbers of venues that send no strings), rounded to nearest at 12 places.
    public init?(shortest value: Double) {
        guard value.isFinite, Swift.abs(value) < 1e24 else { return nil }
        if let exact = FixedDecimal(value.description) { self = exact; return }
        // More than twelve places: keep the twelve.
        let whole = value.rounded(.towardZero)
        let part = ((value - whole) * 1e12).rounded(.toNearestOrEven)
        self.init(raw: Int128(whole) * Self.scale + Int128(part))
    }
}

extension FixedDecimal: CustomStringConvertible {
    /// The shortest exact text: no exponent, no trailing zeros, no leading `+`.
    public var description: String { text(minimumPlaces: 0) }

    /// Exact text with at least `minimumPlaces` decimals.
    public func text(minimumPlaces: Int) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        append(to: &bytes, minimumPlaces: minimumPlaces)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the exact text as ASCII, so that a writer of many numbers makes no string of each.
    public func append(to bytes: inout [UInt8], minimumPlaces: Int = 0) {
        if raw < 0 { bytes.append(UInt8(ascii: "-")) }
        let (whole, part) = raw.magnitude.quotientAndRemainder(dividingBy: UInt128(Self.scale))
        if whole <= UInt128(UInt64.max) { Self.append(UInt64(whole), digits: 1, to: &bytes) } else { bytes += Array(String(whole).utf8) }
        var rest = UInt64(part), places = Self.places
        while places > minimumPlaces, rest % 10 == 0 {
            rest /= 10
            places -= 1
        }
        guard places > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        Self.append(rest, digits: places, to: &bytes)
    }

    /// Decimal digits with leading zeros up to `digits`.
    private static func append(_ value: UInt64, digits: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        var rest = value
        repeat {
            bytes.append(UInt8(rest % 10) + 48)
            rest /= 10
        } while rest > 0
        while bytes.count - start < digits { bytes.append(48) }
        bytes[start...].reverse()
    }

    /// Text with exactly `places` decimals (0 to 12), rounded to nearest: for people.
    public func text(places: Int) -> String { rounded(places: places, .nearest).text(minimumPlaces: places) }
}

extension FixedDecimal: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = FixedDecimal(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an exact decimal")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A decimal written in source, e.g. `"0.001"`; malformed text stops the process at once.
extension FixedDecimal: ExpressibleByStringLiteral {
    public init(stringLiteral value: StaticString) {
        guard let parsed = FixedDecimal(value.description) else { preconditionFailure("not a decimal: \(value)") }
        self = parsed
    }
}
