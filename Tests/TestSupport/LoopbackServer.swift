// A real HTTP/1.1 server on 127.0.0.1 for tests: POSIX sockets, one thread a connection, and answers
// scripted to the byte, so that every way an answer can go wrong can be shown to real client code.
import Glibc
import Synchronization

/// What the server saw of one request.
public struct ReceivedRequest: Sendable {
    public let method: String
    /// Path and query, as sent.
    public let target: String
    /// Names in lower case.
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    public var text: String { String(decoding: body, as: UTF8.self) }
}

public final class LoopbackServer: Sendable {
    public typealias Script = @Sendable (ReceivedRequest) -> ScriptedAnswer

    public let port: UInt16
    public var url: String { "http://127.0.0.1:\(port)" }

    private struct State {
        var requests: [ReceivedRequest] = []
        var connections = 0
        var open: Set<Int32> = []
        var stopped = false
        var listens = true
    }

    private let listener: Int32
    private let script: Script
    private let state = Mutex(State())

    /// Every request so far, in order of arrival.
    public var requests: [ReceivedRequest] { state.withLock { $0.requests } }
    /// How many connections were accepted so far.
    public var connections: Int { state.withLock { $0.connections } }
    /// How many of them are still open.
    public var openConnections: Int { state.withLock { $0.open.count } }
    public var isStopped: Bool { state.withLock { $0.stopped } }

    /// Starts to listen on a free port.
    public init(_ script: @escaping Script) throws {
        self.script = script
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = self.listener
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 128) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard bound else { throw ServerFailure.cannotListen(errno: errno) }
        startThread { [self] in acceptConnections() }
    }

    /// The same answers one after the other; the last one for every request after it.
    public convenience init(answers: [ScriptedAnswer]) throws {
        let counter = Counter()
        try self.init { _ in answers[min(counter.next(), answers.count - 1)] }
    }

    /// Ends the listener and every connection; call it when the test is done. Shutting down and closing both
    /// happen under the lock: a descriptor closed a moment ago may already be another server's.
    public func stop() {
        state.withLock { state in
            state.stopped = true
            if state.listens { shutdown(listener, Int32(SHUT_RDWR)) }
            for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    private func acceptConnections() {
        while true {
            let connection = accept(listener, nil, nil)
            if connection < 0 {
                if isStopped { break }
                continue
            }
            let accepted = state.withLock { state in
                guard !state.stopped else { return false }
                state.connections += 1
                state.open.insert(connection)
                return true
            }
            guard accepted else { close(connection); continue }
            startThread { [self] in serve(connection) }
        }
        state.withLock { state in
            state.listens = false
            _ = close(listener)
        }
    }

    private func serve(_ connection: Int32) {
        var reader = RequestReader(connection: connection)
        while let request = reader.next() {
            state.withLock { $0.requests.append(request) }
            guard script(request).write(to: connection, while: { !isStopped }) else { break }
        }
        state.withLock { state in
            state.open.remove(connection)
            _ = close(connection)
        }
    }
}

public enum ServerFailure: Error { case cannotListen(errno: Int32) }

/// Hands out 0, 1, 2, … to any thread.
public final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    public init() {}
    public func next() -> Int { value.add(1, ordering: .relaxed).oldValue }
    public var count: Int { value.load(ordering: .relaxed) }
}

/// Runs `body` on a thread of its own, detached, with SIGPIPE blocked.
func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Box(body))
    let failed = pthread_create(
        &thread, nil,
        { context in
            var pipe = sigset_t()
            sigemptyset(&pipe)
            sigaddset(&pipe, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &pipe, nil)
            if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
            return nil
        }, context.toOpaque())
    precondition(failed == 0, "no thread for the loopback server")
    pthread_detach(thread)
}
