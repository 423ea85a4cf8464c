// The loop of virtual time: each step the monitor, each hour the cycle, and at the end what it came to.
import SettingsFiles
import Domain
import Engine
import Exchanges
import Messaging
import Ports
import Store

struct Demo {
    /// How long the market is its usual self before a crash begins.
    static let calm = Duration.hours(24)
    static let usualStart = Timestamp(milliseconds: 1_767_571_200_000)  // 2026-01-05T00:00:00Z

    let json: Bool
    let hours: Int
    let start: Timestamp
    let journal: SQLiteJournal
    let clock: VirtualClock
    let parts: Parts
    let step: Duration
    let label: String
    let folder: HomeFolder

    init(options: CommonOptions, hours: Int, seed: UInt64?, crash: Bool = false, candles: String?, start: Timestamp?) async throws {
        let configuration = try Session.settings(options)
        if !configuration.unusable.isEmpty { throw Failure(.configuration, configuration.unusable.map(\.description).joined(separator: "\n")) }
        json = options.json
        self.hours = hours
        self.start = (start ?? Self.usualStart).floored(to: configuration.settings.cycle.interval)
        let base = configuration.settings
        let files = candles ?? (base.feeds.prices == .candles && seed == nil ? base.feeds.folder.map(configuration.resolve) : nil)
        if files != nil, start == nil { throw Failure(.usage, "candle files need --start, e.g. --start 2022-11-04T00:00:00Z") }
        let world = if let files { try World.replay(files, quote: base.account.quote, from: self.start, hours: hours) } else {
            World.synthetic(seed: seed ?? base.feeds.seed, instruments: base.feeds.instruments,
                            crash: crash ? MarketCrash(start: self.start + Self.calm) : nil)
        }
        for remark in world.remarks { Terminal.error(remark) }
        let folder = try Session.demoHome(options, world: "\(world.identity) \(self.start.iso8601.prefix(13))")
        try folder.prepare()
        // Held until the process ends: a second copy on the same home would mix two times in one journal.
        for name in ["cycle", "monitor"] { _ = try folder.lock(name) }
        self.folder = folder
        journal = try SQLiteJournal(path: folder.journal)
        clock = VirtualClock(self.start)
        let settings = (files == nil ? base : base.allowingUnknown).askingNoModel
        if settings.panel != base.panel { Terminal.error("virtual time waits for no model: the indicators are asked in their place") }
        let identity = JournalOpened(world: world.identity, start: self.start, mode: "paper", quote: settings.account.quote)
        try Opening.open(journal, as: identity, deposit: Money(settings.account.startBalance, settings.account.quote), at: self.start)
        let loaded = LoadedConfiguration(settings: settings, file: configuration.file, instances: configuration.instances, strategyTexts: configuration.strategyTexts)
        try DoubtReport(journal).tell(now: self.start, MessageRenderer(zone: DisplayZone.configured(settings.report.zone).zone))
        let assembly = Assembly(configuration: loaded, journal: journal, clock: clock, world: world, killSwitch: { folder.killSwitch() })
        parts = assembly.parts().with(journal: FailpointJournal.wrap(journal, environment: Session.environment))
        step = world.finestStep(self.start, self.start + .hours(hours)).duration
        label = files.map { "on the candles of \($0)" } ?? "on the synthetic market (seed \(seed ?? settings.feeds.seed)\(crash ? ", with a crash made up from the second day on" : ""))"
    }

    func run() async throws {
        let progress = ProgressLine()
        let monitor = MinuteMonitor(parts), cycle = HourlyCycle(parts)
        let interval = parts.settings.cycle.interval
        let end = start + .hours(hours)
        var (time, skipsMonitor) = try resumePoint()
        var shown = try journal.lastMessageNumber()
        while time < end {
            clock.set(time)
            if !skipsMonitor { _ = try await monitor.step() }
            skipsMonitor = false
            if time.floored(to: interval) == time { _ = try await runCycle(cycle, CycleId(hour: time)) }
            if !json { shown = try show(after: shown, progress, time) }
            time = time + step
        }
        progress.clear()
        let result = try DemoResult(journal: journal, hours: hours, steps: Int((end - start).milliseconds / step.milliseconds), label: label, folder: folder)
        Terminal.out(json ? result.json : result.screen)
    }

    /// An hour without prices is journaled as skipped and the demo goes on.
    private func runCycle(_ cycle: HourlyCycle, _ id: CycleId) async throws -> HourlyCycle.Outcome {
        do { return try await cycle.run(id) } catch {
            if case .noMarket(let why) = error { return .skipped(why.detail) }
            throw error
        }
    }

    /// Where an interrupted demo goes on: the step of the newest entry, or the one after where that step
    /// was finished by its cycle. An open cycle is taken up without a second look of the monitor.
    private func resumePoint() throws -> (Timestamp, skipsMonitor: Bool) {
        let book = try journal.book()
        let newest = try journal.newestEntry() ?? start
        guard newest <= (book.lastCycle?.hour ?? start) + parts.settings.cycle.interval * 2 else {
            throw Failure(.configuration, "this journal went on in real time (\(newest)) and virtual time cannot follow; use another --home")
        }
        let time = max(start, start + Duration(milliseconds: (newest - start).milliseconds / step.milliseconds * step.milliseconds))
        if book.openCycle?.id.hour == time { return (time, true) }
        if book.lastCycle?.hour == time { return (time + step, false) }
        return (time, false)
    }

    private func show(after number: Int, _ progress: ProgressLine, _ time: Timestamp) throws -> Int {
        let messages = try journal.messages(after: number)
        if !messages.isEmpty { progress.clear() }
        for message in messages { Terminal.out(message.plain + "\n") }
        let done = Int((time - start).milliseconds / 3_600_000) + 1
        if !messages.isEmpty || (time - start).milliseconds % 600_000 == 0 {
            let open = try journal.book().openPositions.count
            let minutes = Int((time - start).milliseconds / 60_000)
            progress.draw("\(done)/\(hours) h  \(Format.progress(done, of: hours))  \(minutes) minutes · \(open) open")
        }
        return messages.last?.number ?? number
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
    var allowingUnknown: CarillonSettings {
        var settings = self
        settings.universe.allowUnknown = DataFilter.allCases
        return settings
    }
}
