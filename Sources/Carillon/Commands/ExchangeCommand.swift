// `carillon exchange`: an exchange on loopback that Binance's client libraries take for Binance, with made-up
// money, on the synthetic market or on candle files. For tests, practice and proofs; it never leaves this machine.
import ArgumentParser
import Domain
import ExchangeServer
import Ports

struct ExchangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange", abstract: "Run a test exchange on loopback that speaks Binance's API.",
        discussion: """
            Prices come from the synthetic market or, with --candles FOLDER --start TIME, from candle files. Clients sign with the real time, so \
            the exchange's clock is the real one; --speed makes only its market run faster. With --time virtual the clock stands still and is moved \
            by POST /clock/advance at the control port, whose GET / tells what else can be done there. One line says when it is ready.
            """)
    enum Time: String, ExpressibleByArgument, CaseIterable { case real, virtual }
    enum Venue: String, ExpressibleByArgument, CaseIterable { case binance }

    @Option(help: "Whose API to speak.") var venue = Venue.binance
    @Option(help: "Which synthetic market.") var synthetic: UInt64?
    @Option(help: "How many instruments of the synthetic market.") var instruments = 30
    @Option(help: "A folder of candle files.") var candles: String?
    @Option(help: "Where on loopback clients connect; 0: any free port.") var port = 0
    @Option(help: "Where faults are ordered; 0: any free port. None without it.") var controlPort: Int?
    @Option(help: "The key clients send.") var apiKey = "test-key"
    @Option(help: "The secret they sign with.") var apiSecret = "test-secret"
    @Option(help: "Money the account starts with, e.g. USDT=10000; may be given again.") var balance: [String] = []
    @Option(help: "How many times faster the market runs than the clock.") var speed = 1
    @Option(help: "The hour of the candles at which the market starts, e.g. 2022-11-04T00:00:00Z.") var start: String?
    @Option(help: "Whether the clock is the real one, or told.") var time = Time.real
    @Flag(help: "The ready line as JSON.") var json = false

    func validate() throws {
        guard (0...65_535).contains(port), controlPort.map({ (0...65_535).contains($0) }) ?? true else { throw ValidationError("a port is 0 to 65535") }
        guard candles == nil || synthetic == nil else { throw ValidationError("--synthetic and --candles exclude each other") }
        guard candles == nil || start != nil else { throw ValidationError("--candles needs --start, e.g. --start 2022-11-04T00:00:00Z") }
        guard (1...10_000).contains(speed) else { throw ValidationError("--speed is 1 to 10000") }
        guard start.map({ Timestamp(iso8601: $0) != nil }) ?? true else { throw ValidationError("--start '\(start ?? "")' is no moment") }
        _ = try balances()
    }

    mutating func run() async throws {
        let command = self
        try await guarded { try await command.serve() }
    }

    private func serve() async throws {
        let told = start.flatMap { Timestamp(iso8601: $0) }, virtual = VirtualClock(told ?? SystemClock().now)
        let clock: any Clock = time == .real ? SystemClock() : virtual
        let history = try history(from: told ?? clock.now)
        var settings = VenueSettings(key: BinanceKey(key: apiKey, secret: Secret(apiSecret)), balances: try balances())
        settings.speed = speed
        // A told clock is the candles' own.
        settings.start = time == .real ? told : nil
        let tick: Domain.Duration? = time == .real ? Duration(milliseconds: 250) : nil
        let push: @Sendable (Domain.Duration) -> Void = { virtual.set(virtual.now + $0) }
        let advance = time == .real ? nil : push
        let running = try await opened(BinanceVenue(history, settings, clock: clock), tick, advance)
        Terminal.out(ready(running, history))
        let stop = StopSignal(), real = SystemClock()
        while !stop.isSet { try? await real.sleep(for: Duration(milliseconds: 200)) }
        await running.stop()
    }

    private func history(from start: Timestamp) throws(Failure) -> MarketHistory {
        guard let candles else { return try .synthetic(seed: synthetic ?? 1, instruments: instruments, from: start) }
        return try .files(candles, from: start)
    }

    private func opened(_ venue: BinanceVenue, _ tick: Domain.Duration?, _ advance: (@Sendable (Domain.Duration) -> Void)?) async throws(Failure) -> RunningExchange {
        do throws(ServerFailure) {
            return try await RunningExchange(venue, port: port, controlPort: controlPort, tick: tick, advance: advance)
        } catch {
            switch error {
            case .cannotListen(let port): throw Failure(.unavailable, "port \(port) of 127.0.0.1 cannot be opened; is it in use?")
            }
        }
    }

    private func ready(_ running: RunningExchange, _ history: MarketHistory) -> String {
        let names = history.rules.map(\.symbol.joined)
        guard json else {
            let control = running.controlPort.map { ", control http://127.0.0.1:\($0)" } ?? ""
            return "exchange \(venue.rawValue) on \(running.url)\(control), key \(apiKey), \(names.count) symbols of the \(history.name), \(time.rawValue) time"
        }
        return JSONOutput.object([
            ("venue", .text(venue.rawValue)), ("url", .text(running.url)), ("port", .number(String(running.port))),
            ("controlPort", running.controlPort.map { .number(String($0)) } ?? .text(nil)), ("apiKey", .text(apiKey)), ("market", .text(history.name)),
            ("time", .text(time.rawValue)), ("speed", .number(String(speed))), ("symbols", .list(names.map { .text($0) })),
        ])
    }

    /// Ten thousand USDT where nothing is given.
    private func balances() throws -> [Currency: FixedDecimal] {
        var amounts: [Currency: FixedDecimal] = balance.isEmpty ? [.usdt: FixedDecimal(10_000)] : [:]
        for text in balance {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let currency = Currency(parts[0]), let amount = FixedDecimal(parts[1]), !amount.isNegative else {
                throw ValidationError("--balance '\(text)' is not like USDT=10000")
            }
            amounts[currency] = amount
        }
        return amounts
    }
}
