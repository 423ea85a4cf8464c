// The live HTTPTransport: libcurl's multi interface on one event thread, HTTP/2, reused connections.
// Promise: certificates are always verified, plain http never leaves the machine, every wait has an end and
// every answer a size, what may change something is sent once, and no error text holds a path, query or header.
// Constructing one is free: libcurl and its thread start with the first request.
public import Kernel
public import Ports
import Synchronization

public final class CurlTransport: HTTPTransport {
    private let settings: TransferSettings
    private let loop = Mutex<EventLoop?>(nil)

    /// - Parameters:
    ///   - version: the program's version, for `User-Agent: Carillon/<version>`.
    ///   - connectTimeout: for name, connection and handshake together; each request's own timeout bounds it too.
    ///   - certificateFile: a PEM file of trusted authorities instead of the system's.
    public init(version: String, connectTimeout: TimeSpan = .seconds(5), certificateFile: String? = nil) {
        settings = TransferSettings(userAgent: "Carillon/" + version, connectTimeout: connectTimeout, certificateFile: certificateFile)
    }

    deinit { loop.withLock { $0?.stop() } }

    /// One exchange. An answer of any status is a response; only its absence is an error.
    /// Cancelling the task ends the transfer at once with `.cancelled`.
    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        defer { withExtendedLifetime(self) {} }
        var target = try RequestTarget(checking: request)
        let ends = monotonicNow() + request.timeout.milliseconds
        var hops = 0
        while true {
            let left = TimeSpan(milliseconds: ends - monotonicNow())
            guard left.milliseconds > 0 else { throw .timeout }
            let (response, next) = try await transfer(request, to: target, within: left)
            guard request.mayFollowRedirects, let next, hops < RequestTarget.maximumRedirects else { return response }
            hops += 1
            target = try RequestTarget(redirectedTo: next, from: target)
        }
    }

    private func transfer(_ request: HTTPRequest, to target: RequestTarget, within timeout: TimeSpan)
        async throws(HTTPError) -> TransferResult
    {
        let loop = try startedLoop()
        let transfer = Transfer(request, target: target, timeout: timeout, settings: settings)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.continuation = continuation
                loop.submit(transfer)
            }
        } onCancel: {
            transfer.isCancelled.store(true, ordering: .releasing)
            loop.cancel(transfer)
        }
        return try result.get()
    }

    private func startedLoop() throws(HTTPError) -> EventLoop {
        let started = loop.withLock { (current: inout EventLoop?) -> EventLoop? in
            if current == nil { current = EventLoop.start() }
            return current
        }
        guard let started else { throw .unreachable("libcurl could not be started") }
        return started
    }
}
