// The way to a venue, with a bell at the door: counts what leaves, lets something happen while a request is under
// way, and can keep one back that its sender has given up.
import Ports
import Synchronization

final class HookedTransport: HTTPTransport {
    private struct State {
        var count = 0
        var hooks: [(hits: Hits, action: (@Sendable () async -> Void)?)] = []
        var held: [HTTPRequest] = []
    }
    typealias Hits = @Sendable (HTTPRequest) -> Bool
    private let real: any HTTPTransport
    private let state = Mutex(State())

    init(_ real: any HTTPTransport) { self.real = real }

    var count: Int { state.withLock { $0.count } }
    /// Before the next request that `hits`.
    func before(_ hits: @escaping Hits, _ action: @escaping @Sendable () async -> Void) { state.withLock { $0.hooks.append((hits, action)) } }
    /// The next request that `hits` is given up by its sender.
    func hold(_ hits: @escaping Hits) { state.withLock { $0.hooks.append((hits, nil)) } }
    /// What was held arrives; whatever is answered, nobody listens.
    func release() async {
        let held = state.withLock { state in
            defer { state.held = [] }
            return state.held
        }
        for request in held { _ = try? await real.send(request) }
    }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let (isHeld, action) = state.withLock { state -> (Bool, (@Sendable () async -> Void)?) in
            state.count += 1
            guard let index = state.hooks.firstIndex(where: { $0.hits(request) }) else { return (false, nil) }
            let action = state.hooks.remove(at: index).action
            if action == nil { state.held.append(request) }
            return (action == nil, action)
        }
        guard !isHeld else { throw .timeout }
        await action?()
        return try await real.send(request)
    }
}
