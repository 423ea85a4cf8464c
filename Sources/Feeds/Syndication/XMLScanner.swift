// A small pull scanner for the XML that feeds use. It knows elements, attributes, text, CDATA,
// comments and processing instructions; a document type is refused, so there are no external
// entities and nothing that expands. Bounded in depth, attributes and text.

/// Why a document was refused; the position is a byte offset.
struct XMLFault: Error, Hashable {
    enum Kind: String { case doctype, tooDeep, tooMuch, mismatched, truncated, syntax }
    let kind: Kind
    let position: Int
}

struct XMLScanner {
    enum Event: Equatable {
        case start(String, [String: String])
        case text(String)
        case end(String)
    }

    static let maximumDepth = 64
    static let maximumAttributes = 64
    static let maximumName = 128

    private let bytes: [UInt8]
    private var at = 0
    private var open: [String] = []
    private var pendingEnd: String?
    private var rootSeen = false

    /// UTF-8 text; `SyndicationText.decode` makes it from any accepted encoding.
    init(_ text: String) { bytes = Array(text.utf8) }

    /// The next event, nil after the root element has ended and nothing but white space follows.
    mutating func next() throws(XMLFault) -> Event? {
        if let name = pendingEnd {
            pendingEnd = nil
            return close(name)
        }
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "<") else {
                let text = try characters()
                if !open.isEmpty { return .text(text) }
                guard text.utf8.allSatisfy(Self.isSpace) else { throw fault(.syntax) }
                continue
            }
            if starts("<!--") { try skip(past: "-->", from: 4); continue }
            if starts("<?") { try skip(past: "?>", from: 2); continue }
            if starts("<![CDATA[") {
                guard !open.isEmpty else { throw fault(.syntax) }
                let start = at + 9
                try skip(past: "]]>", from: 9)
                return .text(String(decoding: bytes[start..<at - 3], as: UTF8.self))
            }
            if starts("<!") { throw fault(.doctype) }
            return starts("</") ? try endTag() : try startTag()
        }
        guard open.isEmpty, rootSeen else { throw fault(.truncated) }
        return nil
    }

    private mutating func close(_ name: String) -> Event {
        open.removeLast()
        return .end(name)
    }

    private mutating func endTag() throws(XMLFault) -> Event {
        at += 2
        let found = try name()
        skipSpace()
        try take(UInt8(ascii: ">"))
        guard open.last == found else { throw fault(.mismatched) }
        return close(found)
    }

    private mutating func startTag() throws(XMLFault) -> Event {
        guard !(rootSeen && open.isEmpty) else { throw fault(.syntax) }
        at += 1
        let element = try name()
        var attributes: [String: String] = [:]
        while true {
            skipSpace()
            guard at < bytes.count else { throw fault(.truncated) }
            if bytes[at] == UInt8(ascii: ">") { at += 1; break }
            if starts("/>") { at += 2; pendingEnd = element; break }
            guard attributes.count < Self.maximumAttributes else { throw fault(.tooMuch) }
            let (key, value) = try attribute()
            guard attributes.updateValue(value, forKey: key) == nil else { throw fault(.syntax) }
        }
        guard open.count < Self.maximumDepth else { throw fault(.tooDeep) }
        open.append(element)
        rootSeen = true
        return .start(element, attributes)
    }

    private mutating func attribute() throws(XMLFault) -> (String, String) {
        let key = try name()
        skipSpace()
        try take(UInt8(ascii: "="))
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else { throw fault(.syntax) }
        let quote = bytes[at]
        at += 1
        guard let end = bytes[at...].firstIndex(of: quote) else { throw fault(.truncated) }
        let raw = bytes[at..<end]
        guard !raw.contains(UInt8(ascii: "<")) else { throw fault(.syntax) }
        at = end + 1
        return (key, EntityDecoder.decode(String(decoding: raw, as: UTF8.self)))
    }

    /// Text up to the next tag, its entities decoded once.
    private mutating func characters() throws(XMLFault) -> String {
        let start = at
        at = bytes[at...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        return EntityDecoder.decode(String(decoding: bytes[start..<at], as: UTF8.self))
    }

    private mutating func name() throws(XMLFault) -> String {
        let start = at
        while at < bytes.count, Self.isNameByte(bytes[at]) { at += 1 }
        guard at > start else { throw fault(at < bytes.count ? .syntax : .truncated) }
        guard at - start <= Self.maximumName else { throw fault(.tooMuch) }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func skip(past end: StaticString, from: Int) throws(XMLFault) {
        at += from
        while at < bytes.count {
            if starts(end) { at += end.utf8CodeUnitCount; return }
            at += 1
        }
        throw fault(.truncated)
    }

    private mutating func take(_ byte: UInt8) throws(XMLFault) {
        guard at < bytes.count else { throw fault(.truncated) }
        guard bytes[at] == byte else { throw fault(.syntax) }
        at += 1
    }

    private mutating func skipSpace() { while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 } }

    private func starts(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard at + count <= bytes.count else { return false }
        return text.withUTF8Buffer { expected in (0..<count).allSatisfy { bytes[at + $0] == expected[$0] } }
    }

    private func fault(_ kind: XMLFault.Kind) -> XMLFault { XMLFault(kind: kind, position: at) }
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    private static func isNameByte(_ byte: UInt8) -> Bool {
        (48...58).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || byte == 95 || byte == 45 || byte == 46 || byte >= 128
    }
}
