// A venue on two loopback ports: one for clients, one for whoever tests them.
public import Kernel
import NIOCore
import Ports

public final class RunningExchange: Sendable {
    public let venue: BinanceVenue
    private let front: LoopbackService
    private let control: LoopbackService?
    private let ticking: Task<Void, Never>

    public var port: Int { front.port }
    public var controlPort: Int? { control?.port }
    public var url: String { "http://127.0.0.1:\(port)" }

    /// - Parameters:
    ///   - port, controlPort: 0 for any that is free; no control port without one.
    ///   - patience: how many seconds a request may take to arrive, and a connection to be idle.
    ///   - maximumConnections: of clients; a silent one makes room for the next.
    ///   - tick: how often the market moves if nobody asks; nil means only when asked.
    ///   - advance: moves a clock that only moves when told.
    public init(
        _ venue: BinanceVenue, port: Int = 0, controlPort: Int? = nil, patience: Int64 = 10, maximumConnections: Int = 512, tick: TimeSpan? = nil,
        advance: (@Sendable (TimeSpan) -> Void)? = nil
    ) async throws(ServerFailure) {
        self.venue = venue
        front = try await LoopbackService(port: port, patience: .seconds(patience), maximumConnections: maximumConnections, clock: venue.clock) {
            request in
            let isForm = request.header("content-type").map { $0.lowercased().hasPrefix("application/x-www-form-urlencoded") } ?? true
            guard let body = String(validating: request.body, as: UTF8.self) else { return BinanceReply(.illegalParameter) }
            return await venue.answer(
                BinanceRequest(
                    method: request.method, target: request.target, body: body, isForm: isForm,
                    key: request.header("x-mbx-apikey")))
        }
        if let controlPort {
            let desk = ControlDesk(venue: venue, advance: advance)
            do throws(ServerFailure) {
                control = try await LoopbackService(port: controlPort, patience: .seconds(patience), clock: venue.clock) { desk.answer($0) }
            } catch {
                await front.stop()
                throw error
            }
        } else {
            control = nil
        }
        let clock = venue.clock
        ticking = Task {
            while let tick, (try? await clock.sleep(for: tick)) != nil { venue.tick() }
        }
    }

    public func stop() async {
        ticking.cancel()
        await front.stop()
        await control?.stop()
    }
}
