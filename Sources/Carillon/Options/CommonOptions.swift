// The options that most commands share.
import Application
import ArgumentParser

struct CommonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of the journal.", discussion: "Else STATE_DIRECTORY, /var/lib/carillon where installed, or the XDG state folder."))
    var home: String?
    @OptionGroup var configuration: ConfigOption
    @Flag(help: "Print facts as one JSON object.")
    var json = false

    var caller: Caller { Caller(home: home, config: configuration.config, say: Terminal.error) }
}

/// Of every command that reads settings.
struct ConfigOption: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file.", discussion: "Else ./config/carillon.yaml, the XDG configuration folder, or /etc/carillon."))
    var config: String?

    var caller: Caller { Caller(config: config, say: Terminal.error) }
}
