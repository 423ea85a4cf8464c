// A request taken apart for comparing: where it goes, and its parameters decoded, from query and form alike.
import Ports

struct FixtureRequest {
    let method: String
    let host: String
    let path: String
    /// Decoded, in the order sent.
    let parameters: [(name: String, value: String)]
    let headers: [(name: String, value: String)]
    /// Query and form as they were sent, one after the other: what is signed, and the signature.
    let payload: String

    init(method: String, url: String, headers: [(name: String, value: String)], body: String) throws {
        let address = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let place = address[0].split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard place.count == 4 else { throw NotARequest() }
        self.method = method
        host = String(place[0] + "//" + place[2])
        path = "/" + place[3]
        self.headers = headers
        payload = (address.count > 1 ? String(address[1]) : "") + body
        parameters = payload.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
        }
    }

    init(_ request: HTTPRequest) throws {
        try self.init(
            method: request.method.rawValue, url: request.url, headers: request.headers.map { ($0.name.lowercased(), $0.value) },
            body: String(decoding: request.body, as: UTF8.self))
    }

    struct NotARequest: Error {}

    subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// Names and values without regard to order; a name twice stays twice.
    func sorted(without names: Set<String>) -> [String] { parameters.filter { !names.contains($0.name) }.map { $0.name + "=" + $0.value }.sorted() }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
