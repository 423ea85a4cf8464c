// One address of the venue: what it costs, who may ask, which parameters it knows, and what it answers.

struct Route: Sendable {
    typealias Handler = @Sendable (inout VenueState, Parameters) throws(BinanceError) -> BinanceReply

    let method: String
    let path: String
    let weight: @Sendable (Parameters) -> Int
    let security: Security
    /// All the parameters it reads; those of a signature are added.
    let known: [String]
    let handler: Handler

    init(_ method: String, _ path: String, weight: Int, _ security: Security = .none, _ known: [String] = [], _ handler: @escaping Handler) {
        self.init(method, path, weight: { _ in weight }, security, known, handler)
    }

    init(
        _ method: String, _ path: String, weight: @escaping @Sendable (Parameters) -> Int, _ security: Security = .none, _ known: [String] = [],
        _ handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.weight = weight
        self.security = security
        self.known = security == .none ? known : known + ["timestamp", "recvWindow", "signature"]
        self.handler = handler
    }

    static let all: [Route] = market + account + orders + lists + wallet
    /// Routes by `METHOD path`; only ever looked up.
    static let table = Dictionary(uniqueKeysWithValues: all.map { ("\($0.method) \($0.path)", $0) })
    static let paths = Set(all.map(\.path))
}
