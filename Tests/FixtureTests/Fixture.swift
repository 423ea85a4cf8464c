// One recorded exchange with a venue: what somebody asked for, and the request it became, or the answer it got.
import Kernel
import StrictJSON
import Testing

struct Fixture: Sendable, CustomTestStringConvertible {
    enum Kind: String, Sendable { case request, response, error }
    let id: String
    let venue: String
    let kind: Kind
    /// In the words of the library that recorded it: `createOrder`, `fetchBalance`.
    let method: String
    let about: String
    let root: JSONNode

    init?(_ root: JSONNode, venue: String) {
        guard let id = try? root["id"].string, let kind = (try? root["kind"].string).flatMap(Kind.init), let method = try? root["method"].string
        else { return nil }
        self.id = id
        self.venue = venue
        self.kind = kind
        self.method = method
        about = (try? root["description"].string) ?? ""
        self.root = root
    }

    var testDescription: String { "\(id) \(kind) \(method): \(about)" }

    /// What the recorder was given, by position.
    var input: [JSONNode] { (try? root["input"].array) ?? [] }
    func input(_ index: Int) -> JSONNode? { input.indices.contains(index) ? input[index].optional : nil }

    /// The named arguments: the object among the positions, empty where there is none.
    var parameters: [String: JSONNode] {
        guard let object = input.last(where: { (try? $0.members) != nil }), let members = try? object.members else { return [:] }
        return Dictionary(members.map { ($0.name, $0.node) }) { first, _ in first }
    }

    /// The answer of the venue as it came.
    var answer: JSONNode { root["httpResponse"] }
    var status: Int { (try? root["httpStatus"].int) ?? 200 }
    var body: [UInt8] { Array(((try? answer.value.compact) ?? "").utf8) }
    /// The answer as the recorder understood it.
    var parsed: JSONNode { root["parsedResponse"] }

    /// The request that was sent: the replayed one where there is one, because it is signed.
    var request: FixtureRequest {
        get throws {
            let replay = root["replay"].optional
            let source = replay ?? root
            let method = replay == nil ? try root["httpMethod"].string : try source["method"].string
            let headers = (try? source["headers"].members.map { (name: $0.name.lowercased(), value: try $0.node.string) }) ?? []
            return try FixtureRequest(method: method, url: source["url"].string, headers: headers, body: source["body"].optional?.string ?? "")
        }
    }
}

extension JSONNode {
    var text: String? { try? optional?.string }
    /// Exact, or by its shortest text where it was a binary number.
    var number: FixedDecimal? { try? optional?.decimal }
    var integer: Int64? { try? optional?.int64 }
    var isThere: Bool { optional != nil }
}
