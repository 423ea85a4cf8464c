// What the lab's commands begin with, as a person names it.
import Application
import ArgumentParser
import Kernel
import Market

struct LabOptions: ParsableArguments {
    @Argument(help: "A strategy's name, or the path of its YAML file.")
    var strategy: String
    @Option(
        help: """
            A candle file, a folder of them or a store, else the store that `carillon candles` keeps; \
            finer candles than the strategy's are put together.
            """)
    var candles: String?
    @Option(help: "The start of the span, e.g. 2023-01-01.")
    var from: String?
    @Option(help: "The end of the span, itself left out.")
    var to: String?
    @Option(name: .customLong("set"), help: ArgumentHelp("A parameter's value, e.g. fast=9; may be given again.", valueName: "name=value"))
    var set: [String] = []
    @Option(help: ArgumentHelp("The folder of the journal that counts trials.", discussion: "Else as other commands find it."))
    var home: String?
    @OptionGroup var configuration: ConfigOption
    @Flag(help: "Print facts as one JSON object.")
    var json = false
    @Flag(help: "Print the line that benchmarks read: seconds and processor seconds.")
    var bench = false

    var caller: Caller { Caller(home: home, config: configuration.config, say: Terminal.error) }

    func request(detail: Timeframe? = nil) -> LabRequest {
        LabRequest(
            strategy: strategy, candles: candles, from: from.flatMap { Timestamp(iso8601: $0) }, to: to.flatMap { Timestamp(iso8601: $0) }, set: set,
            detail: detail)
    }

    func validate() throws {
        for (name, text) in [("from", from), ("to", to)] {
            if let text, Timestamp(iso8601: text) == nil { throw ValidationError("--\(name) '\(text)' is not a time; write e.g. 2023-01-01") }
        }
    }
}
