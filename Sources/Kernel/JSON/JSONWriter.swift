// JSONValue to text, in the one place that knows how. What differs from reader to reader is a JSONStyle.

extension JSONValue {
    public func written(_ style: JSONStyle) -> String {
        var writer = JSONWriter(style)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    public var canonical: String { written(.canonical) }
    public var compact: String { written(.compact) }

    /// One object as a command prints it.
    public static func console(_ fields: [(String, JSONValue)]) -> String { JSONValue.fields(fields).description }
}

extension JSONValue: CustomStringConvertible {
    /// As a terminal may show it.
    public var description: String { written(.console) }
}

/// Bytes in one array and no text in between: a venue's answers have thousands of values.
private struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let style: JSONStyle

    init(_ style: JSONStyle) { self.style = style }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let flag): bytes += (flag ? "true" : "false").utf8
        case .integer(let number): bytes += String(number).utf8
        case .real(let number):
            precondition(number.isFinite, "JSON has no number that is not finite")
            // Zero has one text; everything else is Swift's shortest round trip, which is JSON as it stands.
            bytes += (number == 0 ? "0.0" : number.description).utf8
        case .number(let text): bytes += text.utf8
        case .string(let text): write(text)
        case .array(let elements): write(elements)
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let ordered = style.isSorted ? members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : members
            for (index, member) in ordered.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(member.name)
                bytes.append(UInt8(ascii: ":"))
                write(member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private mutating func write(_ elements: [JSONValue]) {
        let isTable = style.hasTables && elements.first?.isRow == true
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if isTable { bytes.append(UInt8(ascii: "\n")) }
            write(element)
        }
        if isTable { bytes.append(UInt8(ascii: "\n")) }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { write($0) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Copies runs of bytes that need no escape as a whole.
    private mutating func write(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0, at = 0
        while at < text.count {
            let byte = text[at], end: Int, escaped: Unicode.Scalar?
            if byte < 0x80 {
                end = at + 1
                escaped = style.escapes[Int(byte)] == 0 ? nil : Unicode.Scalar(byte)
            } else {
                end = at + (byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4)
                escaped = style.hides.flatMap { hides in Self.scalar(text[at..<end]).flatMap { hides($0) ? $0 : nil } }
            }
            if let escaped {
                bytes += text[start..<at]
                escape(escaped)
                start = end
            }
            at = end
        }
        bytes += text[start...]
    }

    /// A string's UTF-8 is always well formed: the first byte tells the length, and each further one adds six bits.
    private static func scalar(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar? {
        let first = UInt32(bytes[bytes.startIndex]) & (0x7F >> UInt32(bytes.count))
        return Unicode.Scalar(bytes.dropFirst().reduce(first) { $0 << 6 | UInt32($1 & 0x3F) })
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        let letter = scalar.isASCII ? style.escapes[Int(scalar.value)] : UInt8(ascii: "u")
        guard letter == UInt8(ascii: "u") else {
            bytes += [UInt8(ascii: "\\"), letter]
            return
        }
        for unit in String(scalar).utf16 {
            bytes += "\\u".utf8
            for shift in [12, 8, 4, 0] { bytes.append(Self.digits[Int(unit >> UInt16(shift) & 15)]) }
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

extension JSONValue {
    /// True for a value that has elements of its own, and so is a line of a table.
    fileprivate var isRow: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }
}
