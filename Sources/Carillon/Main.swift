// The one program: `carillon COMMAND`. Commands are one file each; live parts are built in Assembly.
import Application
import ArgumentParser
import Glibc
import Signing

@main
struct Carillon: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "carillon",
        abstract: "An AI-assisted crypto trading bot that rings once an hour.",
        discussion: "With nothing configured it trades paper money on an embedded synthetic market. `carillon demo` shows a day of it.",
        version: Version.text,
        subcommands: [
            DemoCommand.self, CycleCommand.self, MonitorCommand.self, RunCommand.self, StatusCommand.self, ReportCommand.self, TradesCommand.self,
            ExplainCommand.self,
            HaltCommand.self, ResumeCommand.self, CloseCommand.self, BreakerCommand.self, JournalCommand.self,
            AccountCommand.self, OrderCommand.self, ExchangeInfoCommand.self, ExchangeCommand.self, PromptsCommand.self, CandlesCommand.self,
            IndicatorsCommand.self,
            MetricsCommand.self, StrategiesCommand.self, BacktestCommand.self, OptimiseCommand.self, DoctorCommand.self, AlertCommand.self,
            TelegramCommand.self
        ])
}

extension Carillon {
    /// A reader that goes away (`carillon cycle | true`) ends no step half-way: what cannot be printed is an error of
    /// that print, and files, log and messages are still written.
    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        CryptoLibrary.leaveToTheSystem()
        await Self.main(nil)
    }
}

/// A command that only gathers others. Alone it is a command line that lost its words, and no success.
protocol CommandGroup: AsyncParsableCommand {}

extension CommandGroup {
    mutating func run() async throws {
        Terminal.error(Carillon.helpMessage(for: Self.self) + "\n\ncarillon: name one of the commands above (exit \(Sysexit.usage.rawValue))")
        throw ExitCode(Sysexit.usage.rawValue)
    }
}
