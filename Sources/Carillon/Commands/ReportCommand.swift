// `carillon report hour|day|week|month`: the last summary, or a period in numbers.
import Application
import ArgumentParser
import Events
import Kernel
import Messaging
import Screens
import Store

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Show the last hourly summary, or the figures of a day, a week or a month.",
        discussion:
            "A day is the trading day under way, as the summary counts it; a week and a month are 7 and 30 days. They end with the newest entry of "
            + "the journal and are shown in the report zone."
    )

    enum Length: String, ExpressibleByArgument, CaseIterable { case hour, day, week, month }

    @OptionGroup var options: CommonOptions
    @Argument(help: "hour, day, week or month.")
    var period = Length.hour

    mutating func run() async throws {
        try await printed {
            let session = try Session.open(options.caller, .reading)
            if period == .hour { return try hour(session) }
            let report = try Period(session, name: period.rawValue, days: [Length.week: 7, .month: 30][period])
            Terminal.out(options.json ? report.json : report.screen)
        }
    }

    private func hour(_ session: Session) throws {
        guard let message = try session.journal.lastSummary() else {
            throw Failure(.unavailable, "no cycle has run yet; the first hourly summary comes with it")
        }
        let text = session.renderer.text(of: message.message)
        Terminal.out(
            options.json
                ? JSONValue.console([("number", .number("\(message.number)")), ("text", .text(text.plain)), ("html", .text(text.html))])
                : text.plain)
    }
}
