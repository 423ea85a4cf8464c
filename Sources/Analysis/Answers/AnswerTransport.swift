// Text of the wire instead of an answer: lines of an event stream or the head of an HTTP response. If they got
// through, the answer may be a part of one or several run together, and nobody can tell.

enum AnswerTransport {
    /// Whether the text begins as a stream or a response does, or any of its lines carries a value as streams do.
    static func isPresent(in text: String) -> Bool {
        let lines = text.utf8.split(whereSeparator: { $0 == 10 || $0 == 13 })
        func begins(_ line: Substring.UTF8View, _ word: String) -> Bool { line.starts(with: word.utf8) }
        if let first = lines.first, ["event:", "data:", "id:", "retry:", "HTTP/"].contains(where: { begins(first, $0) }) { return true }
        return lines.contains { line in
            guard begins(line, "data:") else { return false }
            let value = line.dropFirst(5).drop { $0 == 32 }
            return value.first == UInt8(ascii: "{") || value.starts(with: "[DONE]".utf8)
        }
    }
}
