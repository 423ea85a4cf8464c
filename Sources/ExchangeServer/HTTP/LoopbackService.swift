// One listening port on loopback and nothing else: opened, told its number, closed in order.
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import Ports
import Synchronization

/// Why a server could not be opened.
public enum ServerFailure: Error, Hashable, Sendable {
    case cannotListen(port: Int)
}

final class LoopbackService: Sendable {
    let port: Int
    private let task: Task<Void, any Error>
    private let connections: OpenConnections

    /// - Parameter port: 0 for any that is free.
    init(port: Int, patience: TimeAmount = .seconds(10), clock: any Ports.Clock, _ answer: @escaping @Sendable (ReceivedRequest) async -> BinanceReply)
        async throws(ServerFailure) {
        let (opened, announce) = AsyncStream.makeStream(of: Int?.self)
        let connections = OpenConnections()
        let limits = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionWatch(connections)], idleTimeout: patience, httpDecoderConfiguration: .init(maxHeaderFieldSize: FrontDoor.maximumHeaders, maxHeaderListSize: FrontDoor.maximumHeaders,
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
        self.connections = connections
    }

    /// Ends the listener and every connection at once: a client that keeps one open holds nobody up.
    func stop() async {
        task.cancel()
        connections.closeAll()
        _ = await task.result
    }
}

/// The connections there are; after `closeAll` none stays.
private final class OpenConnections: Sendable {
    private let state = Mutex<(channels: [ObjectIdentifier: any Channel], isClosing: Bool)>(([:], false))

    func add(_ channel: any Channel) {
        let isClosing = state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = channel
            return state.isClosing
        }
        if isClosing { channel.close(promise: nil) }
    }
    func remove(_ channel: any Channel) { state.withLock { _ = $0.channels.removeValue(forKey: ObjectIdentifier(channel)) } }
    func closeAll() {
        let all = state.withLock { state in
            state.isClosing = true
            return Array(state.channels.values)
        }
        for channel in all { channel.close(promise: nil) }
    }
}

/// Tells of a connection's begin and end.
private final class ConnectionWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    private let connections: OpenConnections
    init(_ connections: OpenConnections) { self.connections = connections }
    func handlerAdded(context: ChannelHandlerContext) { connections.add(context.channel) }
    func channelInactive(context: ChannelHandlerContext) {
        connections.remove(context.channel)
        context.fireChannelInactive()
    }
}
