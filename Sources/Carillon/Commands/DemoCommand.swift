// `carillon demo`: hours of the bot in virtual time, with paper money and no keys. Killed and started
// again on the same home it goes on where it was, and ends with the same journal.
import Application
import ArgumentParser
import Events
import Kernel
import Messaging
import Screens

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Run hours of trading in virtual time, with paper money.",
        discussion: """
            Without --candles prices come from the embedded synthetic market; the same --seed always gives the same hours, and \
            --crash lets it fall. With --candles FOLDER real candle files (BTCUSDT-1h.csv.gz ...) are replayed. Interrupted, \
            it goes on when it is started again.
            """)
    @OptionGroup var options: CommonOptions
    @Option(help: "How many hours to run; 24, or 96 with --crash.")
    var hours: Int?
    @Option(help: "The seed of the synthetic market.")
    var seed: UInt64?
    @Flag(help: "Let the synthetic market crash from the second day on: by about a third in two days.")
    var crash = false
    @Option(help: "A folder of candle files to replay.")
    var candles: String?
    @Option(help: "The start, a full hour, e.g. 2022-11-04T00:00:00Z.")
    var start: String?

    func validate() throws {
        guard (1...87_600).contains(hours ?? 24) else { throw ValidationError("--hours is 1 to 87600") }
        if candles != nil, seed != nil { throw ValidationError("--seed is for the synthetic market, --candles brings its own prices") }
        if candles != nil, crash { throw ValidationError("--crash is for the synthetic market, --candles brings its own prices") }
        if candles != nil, start == nil { throw ValidationError("--candles needs --start, e.g. --start 2022-11-04T00:00:00Z") }
        guard start.map({ Timestamp(iso8601: $0) != nil }) ?? true else {
            throw ValidationError("--start '\(start ?? "")' is not a time; write e.g. 2022-11-04T00:00:00Z")
        }
    }

    mutating func run() async throws {
        try await guarded {
            let request = DemoRequest(
                hours: hours ?? (crash ? 96 : 24), seed: seed, crash: crash, candles: candles, start: start.flatMap { Timestamp(iso8601: $0) })
            let demo = try Demo(options.caller, request), progress = ProgressLine()
            let result = try await demo.run(options.json ? nil : { Self.show($0, progress) })
            progress.clear()
            Terminal.out(options.json ? result.json : result.screen)
        }
    }

    private static func show(_ step: Demo.Step, _ progress: ProgressLine) {
        if !step.messages.isEmpty { progress.clear() }
        for message in step.messages { Terminal.out(message.plain + "\n") }
        progress.draw(
            "\(step.begun)/\(step.hours) h  \(Format.progress(step.begun, of: step.hours))  \(step.minutes) minutes · \(step.open) open")
    }
}
