// What every command begins with: its settings, its home, its journal, and the world it trades in.
import ArgumentParser
import SettingsFiles
import Domain
import Engine
import Glibc
import Messaging
import Ports
import Signing
import Store

struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the journal.", discussion: "Else STATE_DIRECTORY, /var/lib/carillon where installed, or the XDG state folder."))
    var home: String?
    @Option(help: ArgumentHelp("The configuration file.", discussion: "Else ./config/carillon.yaml, the XDG configuration folder, or /etc/carillon."))
    var config: String?
    @Flag(help: "Print facts as one JSON object.")
    var json = false
}

struct Session {
    let configuration: LoadedConfiguration
    let place: HomePlace
    let folder: HomeFolder
    let journal: SQLiteJournal
    /// The system's, until a command that writes asked whether it is right.
    var clock: any Clock = SystemClock()
    var time: BelievedTime?
    var settings: CarillonSettings { configuration.settings }

    /// What a command needs of the journal.
    enum Access {
        /// An existing journal, for looking only.
        case reading
        /// The same, for who says himself what is wrong with it.
        case judging
        /// An existing journal.
        case changing
        /// The same, for who puts right what is wrong with it.
        case mending
        /// A journal that is begun where there is none.
        case trading
    }

    static func open(_ options: CommonOptions, _ access: Access, _ known: LoadedConfiguration? = nil) throws -> Session {
        let configuration = try known ?? settings(options)
        // Loudly, and no more: what is open is guarded, closed and shown all the same.
        for problem in configuration.unusable { Terminal.error("carillon: a strategy cannot trade: \(problem)") }
        let (place, folder) = try home(options)
        switch access {
        case .reading, .judging, .changing, .mending: try folder.requireJournal()
        case .trading: try folder.prepare()
        }
        let mayWrite = access != .reading && access != .judging
        let journal = try SQLiteJournal(path: folder.journal, mayWrite: mayWrite)
        // The lab may have counted trials where no account was begun.
        if access != .trading, try journal.newestEntry() == nil { throw folder.noJournal }
        let session = Session(configuration: configuration, place: place, folder: folder, journal: journal)
        switch access {
        case .changing, .trading: try session.tellDoubts()
        case .reading, .mending: try DoubtReport(journal).say()
        case .judging: break
        }
        return session
    }

    var renderer: MessageRenderer { MessageRenderer(zone: DisplayZone.configured(settings.report.zone).zone) }

    func tellDoubts() throws { try DoubtReport(journal).tell(now: clock.now, renderer) }

    /// For the commands that trade: a journal that is begun where there is none, and its world's.
    static func trading(_ options: CommonOptions, _ configuration: LoadedConfiguration) async throws -> Session {
        // A world that cannot be traded in must not leave a journal behind.
        let (_, folder) = try home(options)
        _ = try World.live(configuration, home: folder, clock: SystemClock())
        let session = try await open(options, .trading, configuration).believing()
        try session.begin()
        return session
    }

    /// Settings, and the home's folder made where it is missing: broken settings make nothing.
    static func ground(_ options: CommonOptions) throws -> (LoadedConfiguration, HomeFolder) {
        let configuration = try settings(options)
        let (_, folder) = try home(options)
        try folder.prepare()
        return (configuration, folder)
    }

    static func settings(_ options: CommonOptions) throws -> LoadedConfiguration { try settings(config: options.config) }

    /// - Parameter config: the file a person named.
    static func settings(config: String?) throws -> LoadedConfiguration {
        let locator = ConfigurationLocator(environment: Self.environment)
        switch ConfigurationLoader.load(locator.locate(option: config)) {
        case .success(let loaded): return loaded
        case .failure(let error):
            Terminal.error(error.render())
            throw ExitCode(Sysexit.configuration.rawValue)
        }
    }

    static func home(_ options: CommonOptions) throws -> (HomePlace, HomeFolder) { try home(named: options.home) }

    /// Where a demo keeps its journal.
    static func demoHome(_ options: CommonOptions, world: String) throws -> HomeFolder {
        do { return HomeFolder(try HomeLocator(environment: Self.environment).demo(option: options.home, world: world)) } catch {
            throw Failure(.noPermission, error.description)
        }
    }

    /// - Parameter folder: the one a person named.
    static func home(named folder: String?) throws -> (HomePlace, HomeFolder) {
        do {
            let place = try HomeLocator(environment: Self.environment).locate(option: folder)
            return (place, HomeFolder(place))
        } catch { throw Failure(.noPermission, error.description) }
    }

    static let environment: @Sendable (String) -> String? = { name in getenv(name).map { String(cString: $0) } }

    /// Identity and opening balance of a new journal; the check of an old one. A new one is not begun at a wrong time.
    private func begin() throws {
        if let time, !time.isKnown, try journal.book().identity == nil { throw EngineError.clock(time.doubt ?? "the time is not known") }
        let world = try world()
        let identity = JournalOpened(world: world.identity, start: nil, mode: settings.account.mode.rawValue, quote: settings.account.quote)
        try Opening.refuseFuture(journal, for: identity, at: SystemClock().now)
        Post(self).open()
        try Opening.open(journal, as: identity, deposit: Money(settings.account.startBalance, settings.account.quote), at: clock.now)
    }

    func world() throws(Failure) -> World { try World.live(configuration, home: folder, clock: clock) }

    func assembly() throws -> Assembly {
        let folder = folder
        return Assembly(configuration: configuration, journal: journal, clock: clock, world: try world(), time: time,
                        killSwitch: { folder.killSwitch() })
    }

    /// Named in every output where it is not the person's own.
    var homeLine: String? { place.mustBeNamed ? "home \(place.path)" : nil }
}
