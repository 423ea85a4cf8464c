// Looks through a template before the template engine does: only variables, sections and comments are
// allowed, each closed, each name known, with the line of every complaint. The engine's own parser recurses
// a section at a time, so the depth is capped here.

struct TemplateScan {
    static let maximumDepth = 8

    struct Tag: Hashable {
        let name: String
        let line: Int
    }
    /// Variables and sections, in the order of the text.
    private(set) var tags: [Tag] = []
    private(set) var problems: [PromptProblem] = []
    private let file: String

    /// - Parameter firstLine: the number of the text's first line in its file.
    init(_ text: String, file: String, firstLine: Int) {
        self.file = file
        let bytes = Array(text.utf8)
        var open: [Tag] = []
        var line = firstLine
        var at = 0
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "\n") { line += 1 }
            guard bytes[at] == Self.brace, at + 1 < bytes.count, bytes[at + 1] == Self.brace else { at += 1; continue }
            let started = line
            let triple = at + 2 < bytes.count && bytes[at + 2] == Self.brace
            let start = at + (triple ? 3 : 2)
            guard let end = Self.end(bytes, from: start, braces: triple ? 3 : 2) else {
                problem("a tag is not closed", started)
                return
            }
            let content = bytes[start..<end]
            line += content.count { $0 == UInt8(ascii: "\n") }
            at = end + (triple ? 3 : 2)
            take(content, triple: triple, line: started, &open)
            guard open.count <= Self.maximumDepth else {
                problem("sections are nested deeper than \(Self.maximumDepth)", started)
                return
            }
        }
        for tag in open { problem("section '\(tag.name)' is not closed", tag.line, tag.name) }
    }

    private mutating func take(_ content: ArraySlice<UInt8>, triple: Bool, line: Int, _ open: inout [Tag]) {
        guard let first = content.first, first != UInt8(ascii: "!") || triple else { return content.isEmpty ? problem("a tag is empty", line) : () }
        let sigils = Array("#^/&=<>$%*".utf8)
        let sigil = sigils.contains(first) && !triple ? first : nil
        let name = Self.trimmed(sigil == nil ? content : content.dropFirst())
        guard !name.isEmpty, name.utf8.count <= 64, name.utf8.allSatisfy({ (97...122).contains($0 | 32) }) else {
            return problem("a tag's name has only letters, '\(CleanText(name, limit: 40).text)' has not", line, CleanText(name, limit: 40).text)
        }
        let tag = Tag(name: name, line: line)
        switch sigil {
        case nil, UInt8(ascii: "&"): tags.append(tag)
        case UInt8(ascii: "#"), UInt8(ascii: "^"):
            tags.append(tag)
            open.append(tag)
        case UInt8(ascii: "/"):
            guard let section = open.popLast() else { return problem("'\(name)' is closed and was never opened", line, name) }
            if section.name != name { problem("section '\(section.name)' of line \(section.line) is closed as '\(name)'", line, section.name) }
        default: problem("only variables, sections and comments are allowed in a prompt", line, name)
        }
    }

    private mutating func problem(_ message: String, _ line: Int, _ variable: String? = nil) {
        problems.append(PromptProblem(file: file, line: line, variable: variable, message))
    }

    private static let brace = UInt8(ascii: "{")
    private static func end(_ bytes: [UInt8], from start: Int, braces: Int) -> Int? {
        var at = start
        while at + braces <= bytes.count {
            if bytes[at] == brace { return nil }
            if bytes[at..<at + braces].allSatisfy({ $0 == UInt8(ascii: "}") }) { return at }
            at += 1
        }
        return nil
    }
    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
