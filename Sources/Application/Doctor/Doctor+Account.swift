// What the account itself knows to be wrong: to which world it belongs, what lasts, what no channel took, and since when
// nobody looked.
import Engine
import Events
import Kernel
import Messaging
import Ports
import Settings
package import SettingsFiles
import Store

extension Doctor {
    package static let world = "world"
    package static let lastHour = "last hour"

    package func account(_ loaded: LoadedConfiguration) -> [Finding] {
        guard let folder = try? caller.home(), (try? folder.requireJournal()) != nil,
            let journal = try? SQLiteJournal(path: folder.journal, mayWrite: false), let book = try? journal.book(), let identity = book.identity
        else { return [] }
        let session = Session(caller, loaded, folder, journal)
        return otherWorld(session, identity) + lasting(session, book) + lastHour(session, book) + undelivered(session)
            + unwatched(session, book, identity)
    }

    /// Nothing can be traded in a home whose prices come from elsewhere.
    private func otherWorld(_ session: Session, _ found: JournalOpened) -> [Finding] {
        guard let wanted = try? session.world().identity else { return [] }
        let settings = session.settings.account, advice = "use another --home, or the settings it was begun with"
        guard (found.world, found.mode, found.quote) == (wanted, settings.mode.rawValue, settings.quote) else {
            return [
                Finding(
                    .broken, Self.world,
                    "this home holds \(found.mode), \(found.world) in \(found.quote), the settings want \(settings.mode.rawValue), "
                        + "\(wanted) in \(settings.quote)",
                    advice)
            ]
        }
        if found.start != nil, let newest = try? session.journal.newestEntry(), newest > session.clock.now + .days(1) {
            return [Finding(.broken, Self.world, "this home holds a demo with entries up to \(newest)", advice)]
        }
        return []
    }

    private func lasting(_ session: Session, _ book: Book) -> [Finding] {
        let zone = session.zone, now = session.clock.now
        return book.troubles.map { trouble in
            Finding(
                trouble.kind.isUrgent ? .broken : .hint, trouble.kind.part,
                "\(SafeText.line(trouble.headline)), since \(Format.moment(trouble.since, now: now, in: zone))", trouble.advice)
        }
    }

    /// What the newest report began with. The next one shows whether it is over.
    private func lastHour(_ session: Session, _ book: Book) -> [Finding] {
        guard let last = try? LastHour(session, book), let cycle = last.cycle else { return [] }
        return last.problems.map { problem in
            Finding(
                problem.isPast ? .hint : .broken, Self.lastHour, last.line(problem),
                "\(session.folder.command("explain \(cycle)")) shows what happened; the next hour shows whether it is over")
        }
    }

    private func undelivered(_ session: Session) -> [Finding] {
        guard session.settings.telegram.enabled else { return [] }
        guard let waiting = try? session.journal.undelivered(channel: Post.channel, at: session.clock.now) else {
            return [Finding(.broken, "messages", "the outbox cannot be read", session.folder.command("journal verify"))]
        }
        let words = UndeliveredWords(waiting, zone: session.zone, now: session.clock.now)
        return words.line.map {
            [Finding(.broken, "messages", $0, "they are tried again each minute; \(session.folder.command("status")) shows them")]
        } ?? []
    }

    /// Stops are judged by whoever looks, and by nobody else.
    private func unwatched(_ session: Session, _ book: Book, _ identity: JournalOpened) -> [Finding] {
        guard let watch = Watch(session, book), watch.isLate, watch.isNeeded else { return [] }
        return [
            Finding(
                .broken, "monitor", watch.words, "\(session.folder.command("monitor")) looks once; timers: make install, or systemctl list-timers")
        ]
    }
}

extension TroubleKind {
    /// Its name among the parts.
    fileprivate var part: String {
        switch self {
        case .blind, .disputed: "prices"
        case .unsellable: "position"
        case .clock: "clock"
        case .noPrices: "prices"
        case .notBuying: "buying"
        case .panelSilent: "panel"
        }
    }
}
