// A key, token or password. Promise: it shows itself nowhere by accident: not in a log, an error, a
// string interpolation, `dump`, a mirror or an encoder. `reveal()` is the one way to the text.

public struct Secret: Sendable {
    private let text: String
    private let traces: SecretTraces

    public init(_ text: String) {
        self.text = text
        traces = SecretTraces(text)
    }

    /// True if there is nothing to hide, which usually means nothing was configured.
    public var isEmpty: Bool { text.isEmpty }

    /// The text itself, for the bytes that go to the service it belongs to, and for nothing else.
    public func reveal() -> String { text }

    /// `message` with every occurrence of this secret blotted out, for texts that come from outside; also if
    /// its letters and digits, or eight of them in a row, stand there in another case, spaced, reversed or as hexadecimal digits.
    public func hidden(in message: String) -> String {
        let hay = Array(message.utf8), needle = Array(text.utf8)
        guard needle.count >= 4, hay.count >= needle.count else { return traces.hidden(in: message) }
        var clean: [UInt8] = []
        var index = 0
        while index < hay.count {
            if hay[index...].starts(with: needle) {
                clean += "***".utf8
                index += needle.count
            } else {
                clean.append(hay[index])
                index += 1
            }
        }
        return traces.hidden(in: String(decoding: clean, as: UTF8.self))
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "***" }
    public var debugDescription: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
