// What the commands that speak to an exchange by hand have in common: which host, and how it is asked.
import Application
import ArgumentParser

struct ExchangeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "testnet, demo, live (to look at only), or an address on this machine.", discussion: "Else exchange.host of the configuration."))
    var host: String?
    @OptionGroup var configuration: ConfigOption
    @Flag(help: "Print facts as one JSON object.")
    var json = false

    var caller: Caller { configuration.caller }
    var access: ExchangeAccess { ExchangeAccess(caller, host: host) }
}
