// The HTTP side of a server on loopback: Hummingbird with our limits. Bodies above a megabyte are refused
// without being read, slow senders are cut off, and an answer can be delivered badly on purpose.
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Kernel
import NIOCore
import NIOPosix
import Ports

/// A request and the channel it came through: what a fault needs to break it.
struct Door: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

struct ReceivedRequest: Sendable {
    let method: String
    let target: String
    /// The host it was sent to, as the client names it.
    let authority: String?
    let headers: HTTPFields
    let body: [UInt8]
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}

struct FrontDoor: HTTPResponder {
    typealias Context = Door
    static let maximumBody = 1 << 20
    static let maximumHeaders = 16 << 10

    let clock: any Clock
    /// How long a request may take to arrive, and a connection to say nothing.
    let patience: TimeAmount
    let answer: @Sendable (ReceivedRequest) async -> BinanceReply

    func respond(to request: Request, context: Door) async throws -> Response {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Self.maximumBody { return tooLarge(context.channel) }
        guard let body = try await body(of: request, context.channel) else { return tooLarge(context.channel) }
        let received = ReceivedRequest(
            method: request.method.rawValue, target: request.head.path ?? "/", authority: request.head.authority, headers: request.headers, body: body
        )
        let reply = await answer(received)
        if reply.delivery.delay.milliseconds > 0 { try await clock.sleep(for: reply.delivery.delay) }
        return try await deliver(reply, context.channel)
    }

    /// nil if there is more of it than anybody may send.
    private func body(of request: Request, _ channel: any Channel) async throws -> [UInt8]? {
        // Idle time is watched below us, but a client that drips bytes is always a little active.
        let deadline = channel.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
        defer { deadline.cancel() }
        var bytes: [UInt8] = []
        for try await part in request.body {
            guard bytes.count + part.readableBytes <= Self.maximumBody else { return nil }
            bytes += part.readableBytesView
        }
        return bytes
    }

    private func tooLarge(_ channel: any Channel) -> Response {
        let page = BinanceReply.page(413, "Request Entity Too Large")
        return response(page) { writer in
            try await writer.write(ByteBuffer(bytes: page.body))
            try await writer.finish(nil)
            // What is still to come is not read.
            channel.close(promise: nil)
        }
    }

    private func deliver(_ reply: BinanceReply, _ channel: any Channel) async throws -> Response {
        switch reply.delivery.end {
        case .whole:
            var response = Response(
                status: .init(code: reply.status), headers: Self.headers(reply), body: .init(byteBuffer: ByteBuffer(bytes: reply.body)))
            response.headers[.contentLength] = String(reply.body.count)
            return response
        case .cut(let count):
            return response(reply) { writer in
                try await writer.write(ByteBuffer(bytes: reply.body.prefix(count)))
                await Self.reset(channel)
            }
        case .reset:
            await Self.reset(channel)
        case .closed:
            try? await channel.close().get()
        case .silence:
            // Longer than any client waits. By the real clock: nobody waits for a clock that only moves when told.
            try? await Task.sleep(for: .seconds(120))
            try? await channel.close().get()
        }
        throw ChannelError.ioOnClosedChannel
    }

    private func response(_ reply: BinanceReply, _ write: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void) -> Response {
        var response = Response(status: .init(code: reply.status), headers: Self.headers(reply), body: .init(contentLength: reply.body.count, write))
        response.headers[.contentLength] = String(reply.body.count)
        return response
    }

    private static func headers(_ reply: BinanceReply) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in reply.headers { if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) } }
        return fields
    }

    /// Closes so that the peer sees a reset: without lingering, unsent data is dropped.
    private static func reset(_ channel: any Channel) async {
        if let provider = channel as? any SocketOptionProvider {
            try? await provider.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try? await channel.close().get()
    }
}
