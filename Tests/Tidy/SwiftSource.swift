// A Swift file as these tests read it: its text, and its code with comments and the words of literals blanked out, so that
// braces and names are code.
import TestSupport

struct SwiftSource: Sendable {
    /// Below the root, `Sources/Kernel/Price.swift`.
    let path: String
    let lines: [String]
    /// As long as the text, line for line.
    let code: [UInt8]

    init(_ path: String) {
        self.path = path
        let bytes = Files.bytes(Tree.root + "/" + path) ?? []
        let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines = text.last == "" ? text.dropLast() : text
        var blanking = Blanking(bytes)
        code = blanking.code()
    }

    /// The parts of the path below `Sources` or `Tests`.
    private var parts: [String] { path.split(separator: "/").dropFirst().map(String.init) }
    private var isVenue: Bool { path.hasPrefix("Sources/Venues/") }

    /// `Kernel` of `Sources/Kernel/Price.swift`.
    var room: String { parts[0] }
    /// The room, and in the room of venues, where each has a target of its own, `VenuePaper` of `Sources/Venues/Paper/PaperExchange.swift`.
    var target: String { isVenue ? "Venue" + parts[1] : room }
    /// The folder below the target, "" if the file lies in the target's own.
    var folder: String {
        let inside = parts.dropFirst(isVenue ? 2 : 1)
        return inside.count > 1 ? inside[inside.startIndex] : ""
    }

    var codeLines: [Substring] { String(decoding: code, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) }

    /// Names that begin with a capital: types, for the most part.
    var names: Set<String> { Set(words.filter { $0.utf8.first.map { (65...90).contains($0) } ?? false }) }

    var words: [String] {
        code.split { !Self.isWord($0) }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Modules it imports, also under a condition.
    var imports: Set<String> {
        Set(
            codeLines.compactMap { line in
                var words = line.split(separator: " ")[...]
                while let first = words.first, first.hasPrefix("@") || first == "public" || first == "package" { words.removeFirst() }
                guard words.count > 1, words.first == "import" else { return nil }
                return words.last.map { String($0.split(separator: ".")[0]) }
            })
    }

    /// Types that the file declares at its outermost level.
    var types: [String] {
        codeLines.compactMap { line in
            guard let first = line.utf8.first, first != UInt8(ascii: " ") else { return nil }
            let words = line.split { !Self.isWord($0.utf8.first ?? 0) }
            guard let place = words.firstIndex(where: { ["struct", "class", "enum", "protocol", "actor"].contains($0) }), place + 1 < words.count
            else { return nil }
            return String(words[place + 1])
        }
    }

    static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}

/// Blanks comments and the words of literals; what is interpolated stays.
private struct Blanking {
    private let text: [UInt8]
    private var out: [UInt8]
    private var at = 0

    init(_ text: [UInt8]) {
        self.text = text
        out = text
    }

    mutating func code() -> [UInt8] {
        while at < text.count {
            if starts("//") { comment() } else if let hashes = literal { string(hashes) } else { at += 1 }
        }
        return out
    }

    private func starts(_ word: String) -> Bool { text[at...].starts(with: word.utf8) }

    /// How many `#` stand before the quotation mark that begins here; nil if none does.
    private var literal: Int? {
        var place = at
        while place < text.count, text[place] == UInt8(ascii: "#") { place += 1 }
        return place < text.count && text[place] == UInt8(ascii: "\"") ? place - at : nil
    }

    private mutating func comment() {
        while at < text.count, text[at] != UInt8(ascii: "\n") { blank() }
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where at < text.count {
            if text[at] != UInt8(ascii: "\n") { out[at] = UInt8(ascii: " ") }
            at += 1
        }
    }

    private mutating func string(_ hashes: Int) {
        let fence = String(repeating: "#", count: hashes)
        at += hashes
        // With fences three quotes may be a text of one: then the line has its end.
        let line = text[at...].prefix { $0 != UInt8(ascii: "\n") }.dropFirst(3)
        let isOneLine = hashes > 0 && String(decoding: line, as: UTF8.self).contains("\"" + fence)
        let quote = starts("\"\"\"") && !isOneLine ? "\"\"\"" : "\""
        at -= hashes
        blank(hashes + quote.utf8.count)
        while at < text.count {
            if starts("\\" + fence + "(") {
                blank(fence.utf8.count + 2)
                interpolation()
            } else if starts("\\" + fence) {
                blank(fence.utf8.count + 2)
            } else if starts(quote + fence) {
                return blank(quote.utf8.count + hashes)
            } else {
                blank()
            }
        }
    }

    /// Code up to the parenthesis that ends it.
    private mutating func interpolation() {
        var depth = 1
        while at < text.count {
            if let hashes = literal {
                string(hashes)
                continue
            }
            if text[at] == UInt8(ascii: "(") { depth += 1 }
            if text[at] == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { return blank() }
            at += 1
        }
    }
}
