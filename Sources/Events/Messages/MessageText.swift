// A text for a person, in the two forms every channel can be served from. It is a value of the core
// because the outbox keeps it before any channel has been asked.

/// A text for a person. `html` uses only b, i, code, pre; `plain` says the same without markup.
public struct MessageText: Hashable, Codable, Sendable {
    public var html: String
    public var plain: String
    public init(html: String, plain: String) {
        self.html = html
        self.plain = plain
    }
}
