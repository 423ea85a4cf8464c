// A reader that refuses: tags must nest, attributes be quoted and be there once, entities be known. What it
// accepts no browser has to guess at.

struct StrictReader {
    struct Fault: Error { let words: String }
    private(set) var elements: [(name: String, attributes: [String: String])] = []
    /// All text between tags, entities as they are written.
    private(set) var text = ""

    init(_ page: String) throws {
        let head = "<!DOCTYPE html>\n"
        guard page.hasPrefix(head) else { throw Fault(words: "no doctype") }
        var rest = page.dropFirst(head.count), open: [String] = []
        while let character = rest.first {
            guard character == "<" else {
                let part = rest.prefix { $0 != "<" }
                try Self.check(part)
                text += part
                rest = rest.dropFirst(part.count)
                continue
            }
            guard let end = rest.firstIndex(of: ">") else { throw Fault(words: "a tag without end") }
            let tag = rest[rest.index(after: rest.startIndex)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.first == "/" {
                guard open.popLast() == String(tag.dropFirst()) else { throw Fault(words: "</\(tag)> closes what is not open") }
            } else {
                let isEmpty = tag.last == "/"
                let element = try Self.element(isEmpty ? tag.dropLast() : tag)
                elements.append(element)
                if !isEmpty { open.append(element.name) }
            }
        }
        guard open.isEmpty else { throw Fault(words: "open at the end: \(open)") }
    }

    private static func element(_ tag: Substring) throws -> (name: String, attributes: [String: String]) {
        let name = tag.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard !name.isEmpty else { throw Fault(words: "<\(tag)> has no name") }
        var rest = tag.dropFirst(name.count), attributes: [String: String] = [:]
        while !rest.isEmpty {
            guard rest.first == " " else { throw Fault(words: "no space before an attribute: <\(tag)>") }
            rest = rest.dropFirst()
            let key = rest.prefix { $0.isASCII && ($0.isLetter || $0 == "-") }
            rest = rest.dropFirst(key.count)
            guard !key.isEmpty, rest.hasPrefix("=\"") else { throw Fault(words: "an attribute that is not quoted: <\(tag)>") }
            rest = rest.dropFirst(2)
            let value = rest.prefix { $0 != "\"" }
            rest = rest.dropFirst(value.count)
            guard rest.first == "\"", !value.contains("<"), attributes.updateValue(String(value), forKey: String(key)) == nil else {
                throw Fault(words: "<\(tag)>")
            }
            try check(value)
            rest = rest.dropFirst()
        }
        return (String(name), attributes)
    }

    private static func check(_ text: Substring) throws {
        guard !text.contains(">"), !text.unicodeScalars.contains(where: { $0.value < 32 && $0 != "\n" }) else { throw Fault(words: "stray: \(text)") }
        for piece in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
        where !["amp;", "lt;", "gt;", "quot;", "#39;"].contains(where: piece.hasPrefix) {
            throw Fault(words: "an unknown entity: &\(piece.prefix(8))")
        }
    }
}
