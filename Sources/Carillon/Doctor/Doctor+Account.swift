// What the account itself knows to be wrong: whose world it is of, what lasts, what no channel took, and since when
// nobody looked.
import SettingsFiles
import Domain
import Engine
import Messaging
import Store

extension Doctor {
    static let world = "world"

    func account(_ loaded: LoadedConfiguration) -> [Finding] {
        guard let (place, folder) = try? Session.home(options), (try? folder.requireJournal()) != nil,
              let journal = try? SQLiteJournal(path: folder.journal, mayWrite: false), let book = try? journal.book(), let identity = book.identity else { return [] }
        let session = Session(configuration: loaded, place: place, folder: folder, journal: journal)
        return otherWorld(session, identity) + lasting(session, book) + undelivered(session) + unwatched(session, book, identity)
    }

    /// Nothing can be traded in a home whose prices come from elsewhere.
    private func otherWorld(_ session: Session, _ found: JournalOpened) -> [Finding] {
        guard let wanted = try? session.world().identity else { return [] }
        let settings = session.settings.account, advice = "use another --home, or the settings it was begun with"
        guard (found.world, found.mode, found.quote) == (wanted, settings.mode.rawValue, settings.quote) else {
            return [Finding(.broken, Self.world, "this home holds \(found.mode), \(found.world) in \(found.quote), the settings want \(settings.mode.rawValue), \(wanted) in \(settings.quote)", advice)]
        }
        if found.start != nil, let newest = try? session.journal.newestEntry(), newest > session.clock.now + .days(1) {
            return [Finding(.broken, Self.world, "this home holds a demo with entries up to \(newest)", advice)]
        }
        return []
    }

    private func lasting(_ session: Session, _ book: Book) -> [Finding] {
        let zone = session.zone, now = session.clock.now
        return book.troubles.map { trouble in
            Finding(trouble.kind.isUrgent ? .broken : .hint, trouble.kind.part, "\(SafeText.line(trouble.headline)), since \(Format.moment(trouble.since, now: now, in: zone))", trouble.advice)
        }
    }

    private func undelivered(_ session: Session) -> [Finding] {
        guard session.settings.telegram.enabled else { return [] }
        guard let waiting = try? session.journal.undelivered(channel: Post.channel, at: session.clock.now) else {
            return [Finding(.broken, "messages", "the outbox cannot be read", "carillon journal verify")]
        }
        let words = UndeliveredWords(waiting, zone: session.zone, now: session.clock.now)
        return words.line.map { [Finding(.broken, "messages", $0, "they are tried again each minute; carillon status shows them")] } ?? []
    }

    /// Stops are judged by whoever looks, and by nobody else.
    private func unwatched(_ session: Session, _ book: Book, _ identity: JournalOpened) -> [Finding] {
        guard let watch = Watch(session, book), watch.isLate, watch.isNeeded else { return [] }
        return [Finding(.broken, "monitor", watch.words, "carillon monitor looks once; timers: make install, or systemctl list-timers")]
    }
}

extension TroubleKind {
    /// What it is called among the parts.
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
