// A demo: the bot's own steps in virtual time, on a market that is made up or replayed, with paper money.
import Engine
package import Events
package import Kernel
import Market
import Messaging
import Ports
import Settings
import SettingsFiles
import Store
import Trading
import VenueSynthetic

/// What a demo is asked for.
package struct DemoRequest: Sendable {
    package let hours: Int
    /// The seed of the made-up market; nil for the settings' one.
    package let seed: UInt64?
    /// Whether the made-up market falls from the second day on.
    package let crash: Bool
    /// A folder of candle files to replay instead.
    package let candles: String?
    /// The first moment; nil for the usual one.
    package let start: Timestamp?

    package init(hours: Int, seed: UInt64? = nil, crash: Bool = false, candles: String? = nil, start: Timestamp? = nil) {
        self.hours = hours
        self.seed = seed
        self.crash = crash
        self.candles = candles
        self.start = start
    }
}

package struct Demo {
    /// How long the market is its usual self before a crash begins.
    private static let calm = TimeSpan.hours(24)
    private static let usualStart = Timestamp(milliseconds: 1_767_571_200_000)  // 2026-01-05T00:00:00Z

    private let hours: Int
    private let start: Timestamp
    private let journal: SQLiteJournal
    private let clock: VirtualClock
    private let parts: Parts
    private let step: TimeSpan
    private let label: String
    private let folder: HomeFolder
    private let words: MessageRenderer
    private let driver: Driver
    private let absences: [Range<Timestamp>]
    private let locks: [FileLock]

    package init(_ caller: Caller, _ request: DemoRequest) throws {
        let configuration = try caller.settings()
        if !configuration.unusable.isEmpty { throw Failure(.configuration, configuration.unusable.map(\.description).joined(separator: "\n")) }
        let base = configuration.settings
        absences = try Absences.read(caller.environment)
        hours = request.hours
        start = (request.start ?? Self.usualStart).floored(to: base.cycle.interval)
        let files = request.candles ?? (base.feeds.prices == .candles && request.seed == nil ? base.feeds.folder.map(configuration.resolve) : nil)
        if files != nil, request.start == nil { throw Failure(.usage, "candle files need --start, e.g. --start 2022-11-04T00:00:00Z") }
        let world = try Self.world(request, base, files, from: start)
        for remark in world.remarks { caller.say(remark) }
        folder = try caller.demoHome(world: "\(world.identity) \(start.iso8601.prefix(13))")
        try folder.prepare()
        // Held until the process ends: a second copy on the same home would mix two times in one journal.
        locks = [try folder.lock("cycle", quiet: base.cycle.cycleQuiet), try folder.lock("monitor", quiet: base.cycle.monitorQuiet)]
        journal = try SQLiteJournal(path: folder.journal)
        clock = VirtualClock(start)
        let settings = (files == nil ? base : base.allowingUnknown).askingNoModel
        if settings.panel != base.panel { caller.say("virtual time does not wait for models: indicators are asked instead") }
        let identity = JournalOpened(world: world.identity, start: start, mode: "paper", quote: settings.account.quote)
        try Opening.open(journal, as: identity, deposit: Money(settings.account.startBalance, settings.account.quote), at: start)
        let loaded = LoadedConfiguration(
            settings: settings, file: configuration.file, instances: configuration.instances, strategyTexts: configuration.strategyTexts)
        let session = Session(caller, loaded, folder, journal, clock: clock)
        words = session.renderer
        try session.tellDoubts()
        var parts = session.assembly(of: world).parts()
        #if Drills
            parts = parts.with(journal: KilledJournal.wrap(journal, environment: caller.environment))
        #endif
        self.parts = parts
        step = world.finestStep(start, start + .hours(hours)).duration
        driver = Driver(parts, clock, step: step, absences: absences)
        label =
            files.map { "on the candles of \($0)" }
            ?? "on the synthetic market (seed \(request.seed ?? settings.feeds.seed)"
            + "\(request.crash ? ", with a crash made up from the second day on" : ""))"
    }

    private static func world(_ request: DemoRequest, _ settings: CarillonSettings, _ files: String?, from start: Timestamp) throws(Failure) -> World
    {
        if let files { return try .replay(files, quote: settings.account.quote, from: start, hours: request.hours) }
        return .synthetic(
            seed: request.seed ?? settings.feeds.seed, instruments: settings.feeds.instruments,
            crash: request.crash ? MarketCrash(start: start + calm) : nil)
    }

    /// How far a demo has come.
    package struct Step {
        /// Messages queued in this step.
        package let messages: [MessageText]
        /// Hours that were begun, of all.
        package let begun: Int
        package let hours: Int
        package let minutes: Int
        package let open: Int
    }

    /// - Parameter watch: hears each step in which there was something to say, and each tenth minute; nil if nobody looks.
    package func run(_ watch: ((Step) -> Void)? = nil) async throws -> DemoResult {
        let end = start + .hours(hours)
        let (time, skipsLook) = try resumePoint()
        var shown = try journal.lastMessageNumber()
        try await driver.drive(from: time, to: end, skipsFirstLook: skipsLook) { (time) async throws(EngineError) in
            if driver.rings(at: time) {
                locks.forEach { $0.touch() }
                try await ring()
            }
            if let watch { shown = try tell(watch, after: shown, time) }
        }
        return try DemoResult(
            journal: journal, hours: hours, steps: Int((end - start).milliseconds / step.milliseconds), label: label, folder: folder)
    }

    /// An hour without prices is journaled as skipped and the demo goes on.
    private func ring() async throws(EngineError) {
        do throws(EngineError) { _ = try await Bell(parts).ring() } catch {
            guard case .noMarket = error else { throw error }
        }
    }

    /// Where an interrupted demo goes on: the step of the newest entry, or the one after if that step
    /// was finished by its cycle. An open cycle is taken up without a second look of the monitor.
    private func resumePoint() throws -> (Timestamp, skipsLook: Bool) {
        let book = try journal.book(), interval = parts.settings.cycle.interval
        let newest = try journal.newestEntry() ?? start
        guard !absences.isEmpty || newest <= (book.lastCycle?.hour ?? start) + interval * 2 else {
            throw Failure(.configuration, "this journal went on in real time (\(newest)) and virtual time cannot follow; use another --home")
        }
        let time = max(start, start + TimeSpan(milliseconds: (newest - start).milliseconds / step.milliseconds * step.milliseconds))
        guard driver.rings(at: time) else { return (time, false) }
        let hour = time.floored(to: interval)
        if book.openCycle?.id.hour == hour { return (time, true) }
        if book.lastCycle?.hour == hour { return (time + step, false) }
        return (time, false)
    }

    private func tell(_ watch: (Step) -> Void, after number: Int, _ time: Timestamp) throws(EngineError) -> Int {
        do throws(JournalError) {
            let messages = try journal.lastMessageNumber() > number ? journal.messages(after: number) : [], passed = (time - start).milliseconds
            if !messages.isEmpty || passed % 600_000 == 0 {
                watch(
                    Step(
                        messages: messages.map { words.text(of: $0.message) }, begun: Int(passed / 3_600_000) + 1, hours: hours,
                        minutes: Int(passed / 60_000),
                        open: try journal.book().main.openPositions.count))
            }
            return messages.last?.number ?? number
        } catch { throw .journal(error) }
    }
}

extension CarillonSettings {
    /// A model answers in real time and costs money; a demo is neither.
    var askingNoModel: CarillonSettings {
        var settings = self
        if panel.analysts.contains(where: { $0.kind == .prompt }) { settings.panel = PanelSettings() }
        return settings
    }

    /// Candle files know no market capitalisation, no spread and no listing day.
    fileprivate var allowingUnknown: CarillonSettings {
        var settings = self
        settings.universe.allowUnknown = DataFilter.allCases
        return settings
    }
}
