// How data stands in a rendered prompt. A block is exactly
//
//     <<<DATA name hash>>>
//     one JSON document
//     <<<END name hash>>>
//
// each marker alone on its line. `hash` is the first 16 hexadecimal digits of the digest of name and
// document, so the same data renders to the same bytes and other data to other marks. The document writes
// every `<` and `>` inside a text as \u003c and \u003e, hence no data can hold a marker, whatever it says.
public import Kernel

public struct DataBlock: Hashable, Sendable {
    public let name: String
    public let hash: String
    /// One JSON document; no line of it begins with `<`.
    public let json: String

    /// - Parameter digest: bytes to a hexadecimal digest of at least 16 digits.
    public init(_ name: String, _ value: JSONValue, digest: ([UInt8]) -> String) {
        self.name = name
        json = value.written(.prompt)
        hash = String(digest(Array("\(name)\n\(json)".utf8)).prefix(16))
    }

    private init(name: String, hash: String, json: String) {
        self.name = name
        self.hash = hash
        self.json = json
    }

    /// The block as it stands in the prompt, without a line end after it.
    public var text: String { "<<<DATA \(name) \(hash)>>>\n\(json)\n<<<END \(name) \(hash)>>>" }

    /// The blocks of a rendered prompt, in order; nil if a marker is without its partner.
    public static func blocks(in text: String) -> [DataBlock]? {
        var blocks: [DataBlock] = []
        var open: (name: String, hash: String, lines: [Substring])?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let mark = mark(line, "<<<DATA ") {
                guard open == nil else { return nil }
                open = (mark.name, mark.hash, [])
            } else if let mark = mark(line, "<<<END ") {
                guard let block = open, block.name == mark.name, block.hash == mark.hash else { return nil }
                blocks.append(DataBlock(name: block.name, hash: block.hash, json: block.lines.joined(separator: "\n")))
                open = nil
            } else if line.contains("<<<") {
                return nil
            } else {
                open?.lines.append(line)
            }
        }
        return open == nil ? blocks : nil
    }

    private static func mark(_ line: Substring, _ prefix: String) -> (name: String, hash: String)? {
        guard line.hasPrefix(prefix), line.hasSuffix(">>>") else { return nil }
        let parts = line.dropFirst(prefix.count).dropLast(3).split(separator: " ")
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
}
