// A transport that answers from a closure and remembers what it was asked.
import Kernel
import Ports
import Synchronization

@testable import Feeds

final class FakeTransport: HTTPTransport, Sendable {
    private let requestsBox = Mutex<[HTTPRequest]>([])
    private let answer: @Sendable (HTTPRequest, Int) throws(HTTPError) -> HTTPResponse

    /// The closure gets the request and its number, from 0.
    init(_ answer: @escaping @Sendable (HTTPRequest, Int) throws(HTTPError) -> HTTPResponse) { self.answer = answer }
    convenience init(_ body: String, status: Int = 200, headers: [(name: String, value: String)] = []) {
        self.init { (_, _) throws(HTTPError) in HTTPResponse(status: status, headers: headers, body: Array(body.utf8)) }
    }

    var requests: [HTTPRequest] { requestsBox.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let number = requestsBox.withLock {
            $0.append(request); return $0.count - 1
        }
        return try answer(request, number)
    }
}

extension HTTPResponse {
    init(_ body: String, status: Int = 200, headers: [(name: String, value: String)] = []) {
        self.init(status: status, headers: headers, body: Array(body.utf8))
    }
}

extension HTTPRequest {
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// What a throwing call threw, as a FeedError.
func feedError<T>(_ body: () async throws(FeedError) -> T) async -> FeedError? {
    do { _ = try await body(); return nil } catch { return error }
}

func openGate(_ clock: any Clock) -> HostGate { HostGate(RateLimiter(1_000, per: .seconds(1)), clock: clock) }
