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

    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - maximumConnections: above it nobody is let in until somebody has gone.
    init(
        port: Int, patience: TimeAmount = .seconds(10), maximumConnections: Int = 512, clock: any Ports.Clock,
        _ answer: @escaping @Sendable (ReceivedRequest) async -> BinanceReply
    )
        async throws(ServerFailure)
    {
        let (opened, announce) = AsyncStream.makeStream(of: Int?.self)
        // Some places stay free, so that the next client is let in at once.
        let connections = OpenConnections(crowd: maximumConnections - maximumConnections / 8)
        let limits = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionWatch(connections)], idleTimeout: patience,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: FrontDoor.maximumHeaders, maxHeaderListSize: FrontDoor.maximumHeaders,
                maxHeaderFieldCount: 100))
        var logger = Logger(label: "exchange")
        logger.logLevel = .critical
        let application = Application(
            responder: FrontDoor(clock: clock, patience: patience, answer: answer), server: .http1(configuration: limits),
            configuration: .init(
                address: .hostname("127.0.0.1", port: port), availableConnectionsDelegate: MaximumAvailableConnections(maximumConnections)),
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

/// The connections there are; after `closeAll` none stays. If there are nearly as many as may be, the one that has been
/// silent for longest makes room, those that never asked anything first: a client that only waits keeps nobody out.
private final class OpenConnections: Sendable {
    private let crowd: Int
    init(crowd: Int) { self.crowd = crowd }

    private struct Guest {
        let channel: any Channel
        var hasAsked = false
        /// Counts up with each sign of life.
        var heard: Int
    }
    private struct Guests {
        var all: [ObjectIdentifier: Guest] = [:]
        var signs = 0
        var isClosing = false

        mutating func sign() -> Int {
            signs += 1
            return signs
        }
    }
    private let state = Mutex(Guests())

    func add(_ channel: any Channel) {
        let leaving: (any Channel)? = state.withLock { state in
            if state.isClosing { return channel }
            let silent =
                state.all.count < crowd
                ? nil
                : state.all.min { ($0.value.hasAsked ? 1 : 0, $0.value.heard) < ($1.value.hasAsked ? 1 : 0, $1.value.heard) }
            state.all[ObjectIdentifier(channel)] = Guest(channel: channel, heard: state.sign())
            if let silent { state.all[silent.key] = nil }
            return silent?.value.channel
        }
        leaving?.close(promise: nil)
    }
    func hear(_ channel: any Channel) {
        state.withLock { state in
            let sign = state.sign()
            state.all[ObjectIdentifier(channel)]?.heard = sign
            state.all[ObjectIdentifier(channel)]?.hasAsked = true
        }
    }
    func remove(_ channel: any Channel) { state.withLock { _ = $0.all.removeValue(forKey: ObjectIdentifier(channel)) } }
    func closeAll() {
        let all = state.withLock { state in
            state.isClosing = true
            return state.all.values.map(\.channel)
        }
        for channel in all { channel.close(promise: nil) }
    }
}

/// Tells of a connection's begin, its requests and its end.
private final class ConnectionWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    private let connections: OpenConnections
    init(_ connections: OpenConnections) { self.connections = connections }
    func handlerAdded(context: ChannelHandlerContext) { connections.add(context.channel) }
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connections.hear(context.channel)
        context.fireChannelRead(data)
    }
    func channelInactive(context: ChannelHandlerContext) {
        connections.remove(context.channel)
        context.fireChannelInactive()
    }
}
