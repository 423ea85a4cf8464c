// The way to a venue, with a bell at the door: counts what leaves, and lets something happen while a request is
// under way.
import Ports
import Synchronization

final class HookedTransport: HTTPTransport {
    typealias Hook = (hits: @Sendable (HTTPRequest) -> Bool, action: @Sendable () async -> Void)
    private let real: any HTTPTransport
    private let state = Mutex<(count: Int, hooks: [Hook])>((0, []))

    init(_ real: any HTTPTransport) { self.real = real }

    var count: Int { state.withLock { $0.count } }
    /// Before the next request that `hits`.
    func before(_ hits: @escaping @Sendable (HTTPRequest) -> Bool, _ action: @escaping @Sendable () async -> Void) {
        state.withLock { $0.hooks.append((hits, action)) }
    }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let hook = state.withLock { state -> Hook? in
            state.count += 1
            return state.hooks.firstIndex { $0.hits(request) }.map { state.hooks.remove(at: $0) }
        }
        await hook?.action()
        return try await real.send(request)
    }
}
