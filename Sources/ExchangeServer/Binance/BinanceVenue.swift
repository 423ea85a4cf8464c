// An exchange that client libraries take for Binance, without its network: requests in, answers out. The
// state is behind one lock, so requests are taken one after the other, as a matching engine does.
public import Ports
import Synchronization

public final class BinanceVenue: Sendable {
    public let clock: any Clock
    private let state: Mutex<VenueState>

    /// - Parameter clock: the venue's time; clients must sign with the same.
    public init(_ history: MarketHistory, _ settings: VenueSettings, clock: any Clock) {
        self.clock = clock
        state = Mutex(VenueState(history, settings, at: clock.now))
    }

    public func answer(_ request: BinanceRequest) async -> BinanceReply {
        let fault = state.withLock { $0.faults.take(request) }
        if case .delay(let span, isBefore: true) = fault { try? await clock.sleep(for: span) }
        let time = clock.now
        return state.withLock { $0.answer(request, fault, at: time) }
    }

    /// Lets the market move up to now, even if nobody asks.
    public func tick() {
        let time = clock.now
        state.withLock { $0.advance(to: time) }
    }

    /// Runs `body` on the venue as it is now.
    func withState<T: Sendable, E: Error>(_ body: (inout VenueState) throws(E) -> T) throws(E) -> T {
        let time = clock.now
        return try state.withLock { state throws(E) in
            state.advance(to: time)
            return try body(&state)
        }
    }
}
