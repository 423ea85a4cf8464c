// `carillon alert UNIT`: what systemd starts when a unit failed. It must work when little else does: the
// message is journaled and queued where the journal lives, sent straight to the phone where it does not, and printed in
// any case. Settings with mistakes still say where the phone is.
import ArgumentParser
import Domain
import Engine
import HTTPClient
import Messaging
import SettingsFiles

struct AlertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "alert", abstract: "Tell the person that a unit failed (started by systemd).")
    @OptionGroup var options: CommonOptions
    @Argument(help: "The failed unit, e.g. carillon-cycle.service.")
    var unit: String

    mutating func run() async throws {
        try await guarded {
            let words = "\(SafeReason.line(unit)) failed; see: journalctl -u \(SafeReason.line(unit)) -n 50"
            Terminal.error(words)
            let configuration = Self.configuration(options)
            do {
                let session = try await Session.open(options, .changing, configuration).believing()
                let now = session.clock.now
                // The first message of a home may be this one.
                Post(session).open()
                if let trouble = toldAlready(try session.journal.book()) {
                    Terminal.error("carillon: the minute itself tells of it: \(SafeText.line(trouble.headline))")
                    return await Post(session).deliver()
                }
                try session.journal.commit(at: now) { book in Alerts.critical(words, book, at: now, render: session.renderer.text(of:)) }
                await Post(session).deliver()
            } catch {
                await Self.send(words, configuration.settings)
                throw error
            }
        }
    }

    /// A minute that cannot guard what is open ends with 69 and keeps and tells the trouble itself: a second message each
    /// minute would hide others. systemd hands over the unit's code from version 251 on; without it the trouble decides.
    private func toldAlready(_ book: Book) -> Trouble? {
        let code = Session.environment("MONITOR_EXIT_STATUS") ?? "\(Sysexit.unavailable.rawValue)"
        guard unit.hasPrefix("carillon-monitor"), code == "\(Sysexit.unavailable.rawValue)" else { return nil }
        return book.troubles.first { [.blind, .unsellable, .clock].contains($0.kind) }
    }

    private static func configuration(_ options: CommonOptions) -> LoadedConfiguration {
        let place = ConfigurationLocator(environment: Session.environment).locate(option: options.config)
        switch ConfigurationLoader.load(place) {
        case .success(let loaded): return loaded
        case .failure(let error):
            Terminal.error(error.render())
            return ConfigurationLoader.forAlerts(place)
        }
    }

    /// Without a journal: told at once or not at all.
    private static func send(_ words: String, _ settings: CarillonSettings) async {
        guard settings.telegram.enabled else { return }
        do {
            let notifier = TelegramNotifier(try TelegramSetUp.account(settings.telegram), transport: CurlTransport(version: Version.number))
            let renderer = MessageRenderer(zone: DisplayZone.configured(settings.report.zone).zone)
            switch await notifier.deliver(renderer.text(of: .critical(words))) {
            case .delivered: Terminal.error("carillon: the journal could not be written; the phone was told")
            case .retry(_, let why), .rejected(let why, _): Terminal.error("carillon: telegram: \(why)")
            }
        } catch { Terminal.error("carillon: \(error.message)") }
    }
}
