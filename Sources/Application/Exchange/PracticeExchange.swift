// An exchange on loopback with made-up money, on the synthetic market or on candle files: for tests, practice and proofs.
package import ExchangeServer
package import Kernel
import Market
import Ports
import Trading

/// Whose API a practice exchange speaks.
package enum PracticeVenue: String, CaseIterable, Sendable { case binance }

/// What a practice exchange is asked to be.
package struct PracticeRequest: Sendable {
    package let venue: PracticeVenue
    package let port: Int
    /// Where faults are ordered; nil for nowhere.
    package let controlPort: Int?
    /// The key and secret that clients sign with.
    package let key: String
    package let secret: String
    package let balances: [Currency: FixedDecimal]
    /// How many times faster the market runs than the clock.
    package let speed: Int
    /// A folder of candle files; nil for the synthetic market.
    package let candles: String?
    package let seed: UInt64
    package let instruments: Int
    /// The hour of the candles at which the market starts; nil for now.
    package let start: Timestamp?
    /// Whether the clock stands still until it is told the time.
    package let isVirtual: Bool

    package init(
        venue: PracticeVenue, port: Int, controlPort: Int?, key: String, secret: String, balances: [Currency: FixedDecimal], speed: Int,
        candles: String?, seed: UInt64,
        instruments: Int, start: Timestamp?, isVirtual: Bool
    ) {
        self.venue = venue
        self.port = port
        self.controlPort = controlPort
        self.key = key
        self.secret = secret
        self.balances = balances
        self.speed = speed
        self.candles = candles
        self.seed = seed
        self.instruments = instruments
        self.start = start
        self.isVirtual = isVirtual
    }
}

package struct PracticeExchange: Sendable {
    package let running: RunningExchange
    /// The name of the market that is played.
    package let market: String
    package let symbols: [String]

    package init(_ request: PracticeRequest) async throws(Failure) {
        let virtual = VirtualClock(request.start ?? SystemClock().now), isVirtual = request.isVirtual
        let clock: any Clock = isVirtual ? virtual : SystemClock()
        let history = try Self.history(request, from: request.start ?? clock.now)
        var settings = VenueSettings(key: BinanceKey(key: request.key, secret: Secret(request.secret)), balances: request.balances)
        settings.speed = request.speed
        // A clock that only moves when told is the candles' own.
        settings.start = isVirtual ? nil : request.start
        let push: @Sendable (TimeSpan) -> Void = { virtual.set(virtual.now + $0) }
        do throws(ServerFailure) {
            let venue =
                switch request.venue {
                case .binance: BinanceVenue(history, settings, clock: clock)
                }
            running = try await RunningExchange(
                venue, port: request.port, controlPort: request.controlPort,
                tick: isVirtual ? nil : TimeSpan(milliseconds: 250), advance: isVirtual ? push : nil)
        } catch {
            switch error {
            case .cannotListen(let port): throw Failure(.unavailable, "port \(port) of 127.0.0.1 cannot be opened; is it in use?")
            }
        }
        market = history.name
        symbols = history.rules.map(\.symbol.joined)
    }

    private static func history(_ request: PracticeRequest, from start: Timestamp) throws(Failure) -> MarketHistory {
        if let candles = request.candles { return try .files(candles, from: start) }
        return try .synthetic(seed: request.seed, instruments: request.instruments, from: start)
    }

    /// Serves until somebody asked for the end.
    package func serve(until isOver: () -> Bool) async {
        while !isOver() { try? await SystemClock().sleep(for: TimeSpan(milliseconds: 200)) }
        await running.stop()
    }
}
