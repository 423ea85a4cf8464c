// Tells the person that a unit failed. It must work when little else does: the message is journaled and queued where the
// journal lives, and sent straight to the phone if it does not. Settings with mistakes still say where the phone is.
import Engine
import Events
import HTTPClient
import Kernel
import Messaging
import Ports
import Risk
import Settings
import SettingsFiles
import Store

package struct Alarm: Sendable {
    private let caller: Caller
    private let unit: String

    /// - Parameter unit: e.g. `carillon-cycle.service`.
    package init(_ caller: Caller, unit: String) {
        self.caller = caller
        self.unit = unit
    }

    package func raise() async throws {
        let words = "\(SafeText.typed(unit)) failed; see: journalctl -u \(SafeText.typed(unit)) -n 50"
        caller.say(words)
        let configuration = configuration
        do {
            let session = try await Session.open(caller, .changing, configuration).believing()
            let now = session.clock.now
            // The first message of a home may be this one.
            Post(session).open()
            if let trouble = toldAlready(try session.journal.book()) {
                caller.say("carillon: the monitor has already reported it: \(SafeText.line(trouble.headline))")
                return await Post(session).deliver()
            }
            try session.journal.commit(at: now) { book in Alerts.critical(.said(words), book, at: now) }
            await Post(session).deliver()
        } catch {
            await send(words, configuration.settings)
            throw error
        }
    }

    /// A minute that cannot guard what is open ends with 69 and keeps and reports the trouble itself: a second message each
    /// minute would hide others. systemd hands over the unit's code from version 251 on; without it the trouble decides.
    private func toldAlready(_ book: Book) -> Trouble? {
        let code = caller.environment("MONITOR_EXIT_STATUS") ?? "\(Sysexit.unavailable.rawValue)"
        guard unit.hasPrefix("carillon-monitor"), code == "\(Sysexit.unavailable.rawValue)" else { return nil }
        return book.troubles.first { [.blind, .unsellable, .clock].contains($0.kind) }
    }

    private var configuration: LoadedConfiguration {
        switch ConfigurationLoader.load(caller.settingsPlace) {
        case .success(let loaded): return loaded
        case .failure(let error):
            caller.say(error.render())
            return ConfigurationLoader.forAlerts(caller.settingsPlace)
        }
    }

    /// Sends the message without a journal: at once or not at all.
    private func send(_ words: String, _ settings: CarillonSettings) async {
        guard settings.telegram.enabled else { return }
        do throws(Failure) {
            let account = try TelegramSetUp(caller).account(settings.telegram)
            let notifier = TelegramNotifier(account, transport: CurlTransport(version: Version.number))
            let renderer = MessageRenderer(zone: DisplayZone.configured(settings.report.zone).zone)
            switch await notifier.deliver(renderer.text(of: .critical(.said(words)))) {
            case .delivered: caller.say("carillon: the journal could not be written; the message was sent to the phone")
            case .retry(_, let why), .rejected(let why, _): caller.say("carillon: telegram: \(why)")
            }
        } catch { caller.say("carillon: \(error.message)") }
    }
}
