// What a practice exchange is asked to be, as a person writes it.
import Application
import ArgumentParser
import Kernel
import Market

struct PracticeOptions: ParsableArguments {
    enum Time: String, ExpressibleByArgument, CaseIterable { case real, virtual }

    @Option(help: "The venue whose API it speaks.") var venue = PracticeVenue.binance
    @Option(help: "The seed of the synthetic market.") var synthetic: UInt64?
    @Option(help: "How many instruments of the synthetic market.") var instruments = 30
    @Option(help: "A folder of candle files.") var candles: String?
    @Option(help: "The loopback port that clients connect to; 0: any free port.") var port = 0
    @Option(help: "The loopback port that takes orders of faults; 0: any free port. Without it there is none.") var controlPort: Int?
    @Option(help: "The key clients send.") var apiKey = "test-key"
    @Option(help: "The secret they sign with.") var apiSecret = "test-secret"
    @Option(help: "Money the account starts with, e.g. USDT=10000; may be given again.") var balance: [String] = []
    @Option(help: "How many times faster the market runs than the clock.") var speed = 1
    @Option(help: "The hour of the candles at which the market starts, e.g. 2022-11-04T00:00:00Z.") var start: String?
    @Option(help: "The clock: the real one, or a virtual one that the control port moves.") var time = Time.real
    @Flag(help: "Print the ready line as JSON.") var json = false

    func validate() throws {
        guard (0...65_535).contains(port), controlPort.map({ (0...65_535).contains($0) }) ?? true else {
            throw ValidationError("a port is 0 to 65535")
        }
        guard candles == nil || synthetic == nil else { throw ValidationError("--synthetic and --candles exclude each other") }
        guard candles == nil || start != nil else { throw ValidationError("--candles needs --start, e.g. --start 2022-11-04T00:00:00Z") }
        guard (1...10_000).contains(speed) else { throw ValidationError("--speed is 1 to 10000") }
        guard start.map({ Timestamp(iso8601: $0) != nil }) ?? true else {
            throw ValidationError("--start '\(start ?? "")' is not a time; write e.g. 2022-11-04T00:00:00Z")
        }
        _ = try balances()
    }

    func request() throws -> PracticeRequest {
        PracticeRequest(
            venue: venue, port: port, controlPort: controlPort, key: apiKey, secret: apiSecret, balances: try balances(), speed: speed,
            candles: candles,
            seed: synthetic ?? 1, instruments: instruments, start: start.flatMap { Timestamp(iso8601: $0) }, isVirtual: time == .virtual)
    }

    /// Ten thousand USDT if nothing is given.
    private func balances() throws -> [Currency: FixedDecimal] {
        var amounts: [Currency: FixedDecimal] = balance.isEmpty ? [.usdt: FixedDecimal(10_000)] : [:]
        for text in balance {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let currency = Currency(parts[0]), let amount = FixedDecimal(parts[1]), !amount.isNegative else {
                throw ValidationError("--balance '\(text)' is not an amount of a currency; write e.g. USDT=10000")
            }
            amounts[currency] = amount
        }
        return amounts
    }
}

extension PracticeVenue: ExpressibleByArgument {}
