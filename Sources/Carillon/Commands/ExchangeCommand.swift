// `carillon exchange`: an exchange on loopback that Binance's client libraries take for Binance, with made-up
// money, on the synthetic market or on candle files. For tests, practice and proofs; it never leaves this machine.
import Application
import ArgumentParser
import ExchangeServer
import Kernel
import Screens

struct ExchangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange", abstract: "Run a test exchange on loopback that speaks Binance's API.",
        discussion: """
            Prices come from the synthetic market or, with --candles FOLDER --start TIME, from candle files. Clients sign with the real time, so \
            the exchange's clock is the real one; --speed makes only its market run faster. With --time virtual the clock stands still and is moved \
            by POST /clock/advance at the control port, whose GET / lists what else it takes. One line says when it is ready.
            """)
    @OptionGroup var options: PracticeOptions

    mutating func run() async throws {
        try await guarded {
            let exchange = try await PracticeExchange(try options.request()), stop = StopSignal()
            Terminal.out(ready(exchange))
            await exchange.serve { stop.isSet }
        }
    }

    private func ready(_ exchange: PracticeExchange) -> String {
        let running = exchange.running
        guard options.json else {
            let control = running.controlPort.map { ", control http://127.0.0.1:\($0)" } ?? ""
            return
                "exchange \(options.venue.rawValue) on \(running.url)\(control), key \(options.apiKey), "
                + "\(exchange.symbols.count) symbols of the \(exchange.market), \(options.time.rawValue) time"
        }
        return JSONValue.console([
            ("venue", .text(options.venue.rawValue)), ("url", .text(running.url)), ("port", .number("\(running.port)")),
            ("controlPort", running.controlPort.map { .number("\($0)") } ?? .text(nil)), ("apiKey", .text(options.apiKey)),
            ("market", .text(exchange.market)), ("time", .text(options.time.rawValue)), ("speed", .number("\(options.speed)")),
            ("symbols", .list(exchange.symbols.map { .text($0) }))
        ])
    }
}
