// One listening port on loopback and nothing else: opened, told its number, closed in order.
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Ports
import Synchronization

/// Why a server could not be opened.
public enum ServerFailure: Error, Hashable, Sendable {
    case cannotListen(port: Int)
}

final class LoopbackService: Sendable {
    let port: Int
    private let task: Task<Void, any Error>

    /// - Parameter port: 0 for any that is free.
    init(port: Int, patience: TimeAmount = .seconds(10), clock: any Ports.Clock, _ answer: @escaping @Sendable (ReceivedRequest) async -> BinanceReply)
        async throws(ServerFailure) {
        let (opened, announce) = AsyncStream.makeStream(of: Int?.self)
        let limits = HTTP1Channel.Configuration(
            idleTimeout: patience, httpDecoderConfiguration: .init(maxHeaderFieldSize: FrontDoor.maximumHeaders, maxHeaderListSize: FrontDoor.maximumHeaders,
                                                                   maxHeaderFieldCount: 100))
        var logger = Logger(label: "exchange")
        logger.logLevel = .critical
        let application = Application(
            responder: FrontDoor(clock: clock, patience: patience, answer: answer), server: .http1(configuration: limits),
            configuration: .init(address: .hostname("127.0.0.1", port: port), availableConnectionsDelegate: MaximumAvailableConnections(512)),
            onServerRunning: { announce.yield($0.localAddress?.port) }, logger: logger)
        task = Task {
            defer { announce.finish() }
            try await application.run()
        }
        var found: Int?
        for await announced in opened {
            found = announced
            break
        }
        guard let found else { throw .cannotListen(port: port) }
        self.port = found
    }

    func stop() async {
        task.cancel()
        _ = await task.result
    }

    /// Returns when the server has ended.
    func wait() async { _ = await task.result }
}
