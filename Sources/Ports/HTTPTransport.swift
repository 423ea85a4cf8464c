// One HTTP exchange with the outside world, as adapters see it. The live one is libcurl
// (HTTPClient); tests use a loopback server or a fake.
public import Kernel

public struct HTTPRequest: Sendable {
    public enum Method: String, Sendable { case get = "GET", post = "POST", put = "PUT", delete = "DELETE" }
    public var method: Method
    /// The whole URL, already percent-encoded.
    public var url: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// From connecting to the last byte.
    public var timeout: TimeSpan
    /// Answers longer than this many bytes (after decompression) are refused as `.tooLarge`.
    public var maximumBytes: Int
    /// Redirects are followed only if this is set, to https only, at most 3; never for a request that carries a secret.
    public var followsRedirects: Bool

    public init(
        _ method: Method = .get, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        timeout: TimeSpan = .seconds(10), maximumBytes: Int = 8 << 20, followsRedirects: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maximumBytes = maximumBytes
        self.followsRedirects = followsRedirects
    }
}

/// URLs, headers and bodies carry keys, so none of them is printed.
extension HTTPRequest: CustomStringConvertible, CustomReflectable {
    public var description: String { "\(method.rawValue) request, \(body.count) bytes" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

public struct HTTPResponse: Sendable {
    public var status: Int
    /// Names in lower case, in the order received.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
    /// The first header of this name (given in lower case).
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// No answer arrived. Whether the request did is unknown unless the case says so.
public enum HTTPError: Error, Hashable, Sendable {
    /// Name, address or port could not be reached: nothing was sent.
    case unreachable(String)
    /// The certificate or handshake was refused: nothing was sent.
    case tls(String)
    case timeout
    /// The answer was longer than allowed; what came of it is dropped.
    case tooLarge(limit: Int)
    /// The connection broke or the answer was not HTTP.
    case broken(String)
    case cancelled
}

public protocol HTTPTransport: Sendable {
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}
