// What everything that reads or writes an account begins with: its settings, its home, its journal, and the world it trades in.
import Engine
import Events
import Kernel
package import Messaging
package import Ports
package import Settings
package import SettingsFiles
package import Store
package import Trading

package struct Session: Sendable {
    /// The caller who asked, and who hears what cannot wait for a result.
    package let caller: Caller
    package let configuration: LoadedConfiguration
    package let folder: HomeFolder
    package let journal: SQLiteJournal
    /// The caller's clock, until a caller that writes has asked whether it is right.
    package internal(set) var clock: any Clock
    package internal(set) var time: BelievedTime?
    package var settings: CarillonSettings { configuration.settings }

    /// What is needed of the journal.
    package enum Access {
        /// An existing journal, for looking only.
        case reading
        /// The same, for a caller that reports what is wrong with it itself.
        case judging
        /// An existing journal.
        case changing
        /// The same, for a caller that puts right what is wrong with it.
        case mending
        /// A journal that is begun if there is none.
        case trading
    }

    package init(
        _ caller: Caller, _ configuration: LoadedConfiguration, _ folder: HomeFolder, _ journal: SQLiteJournal,
        clock: (any Clock)? = nil
    ) {
        self.caller = caller
        self.configuration = configuration
        self.folder = folder
        self.journal = journal
        self.clock = clock ?? caller.clock
    }

    /// - Parameter known: settings that were read already.
    package static func open(_ caller: Caller, _ access: Access, _ known: LoadedConfiguration? = nil) throws -> Session {
        let configuration = try known ?? caller.settings()
        // Reported loudly, and no more: open positions are guarded, closed and shown all the same.
        for problem in configuration.unusable { caller.say("carillon: a strategy cannot trade: \(problem)") }
        let folder = try caller.home()
        switch access {
        case .reading, .judging, .changing, .mending: try folder.requireJournal()
        case .trading: try folder.prepare()
        }
        let mayWrite = access != .reading && access != .judging
        var isTold = false
        let journal = try SQLiteJournal(path: folder.journal, mayWrite: mayWrite) { _, all in
            if !isTold { caller.say("carillon: making the account anew from the journal's \(all) entries; this can take a minute") }
            isTold = true
        }
        // The lab may have counted trials in a home where no account was begun.
        if access != .trading, try journal.newestEntry() == nil { throw folder.noJournal }
        let session = Session(caller, configuration, folder, journal)
        switch access {
        case .changing, .trading: try session.tellDoubts()
        case .reading, .mending: session.doubts.say()
        case .judging: break
        }
        return session
    }

    /// For a caller that trades: a journal of its world, begun if there is none.
    package static func trading(_ caller: Caller, _ configuration: LoadedConfiguration) async throws -> Session {
        // A world that cannot be traded in must not leave a journal behind.
        _ = try World.live(configuration, caller, home: try caller.home(), clock: caller.clock)
        let session = try await open(caller, .trading, configuration).believing()
        try session.begin()
        return session
    }

    /// Identity and opening balance of a new journal; the check of an old one. A new one is not begun at a wrong time.
    private func begin() throws {
        if let time, !time.isKnown, try journal.book().identity == nil { throw EngineError.clock(time.doubt ?? "the time is not known") }
        let world = try world()
        let identity = JournalOpened(world: world.identity, start: nil, mode: settings.account.mode.rawValue, quote: settings.account.quote)
        try Opening.refuseFuture(journal, for: identity, at: caller.clock.now)
        Post(self).open()
        try Opening.open(journal, as: identity, deposit: Money(settings.account.startBalance, settings.account.quote), at: clock.now)
    }

    package func world() throws(Failure) -> World { try World.live(configuration, caller, home: folder, clock: clock) }

    package func assembly() throws -> Assembly { assembly(of: try world()) }

    func assembly(of world: World) -> Assembly {
        let folder = folder
        return Assembly(
            caller: caller, configuration: configuration, journal: journal, clock: clock, world: world, time: time,
            killSwitch: { folder.killSwitch() })
    }

    // MARK: Words

    /// The zone in which times are shown.
    package var zone: DisplayZone { DisplayZone.configured(settings.report.zone).zone }

    package var renderer: MessageRenderer { MessageRenderer(zone: zone) }

    var doubts: DoubtTeller { DoubtTeller(journal, folder, caller.say) }

    package func tellDoubts() throws { try doubts.tell(now: clock.now) }

    /// The home's line, part of every output if it is not the person's own.
    package var homeLine: String? { folder.mustBeNamed ? "home \(folder.path)" : nil }
}
