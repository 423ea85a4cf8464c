// `carillon doctor`: one line a part, worst first, each with what to do.
import ArgumentParser
import SettingsFiles
import Domain
import Engine
import Glibc
import Messaging
import Ports
import Store

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Ask every part and every service that is configured whether it works; say what to do about each.",
        discussion: "Models get the smallest question there is, reserved and written down like any other; Telegram is asked for the bot and the chat. Nobody gets a message. "
            + "Exit code 0: all well or only hints; 69: a part that is configured does not work; 78: settings, a prompt or the home's world are wrong.")
    @OptionGroup var options: CommonOptions
    @Flag(help: "Ask no venue and no service.")
    var offline = false

    mutating func run() async throws {
        try await printed {
            let findings = await Doctor(options, offline: offline).examine().sorted { $0.level < $1.level }
            if options.json {
                Terminal.out(JSONOutput.object([("findings", .list(findings.map(\.json)))]))
            } else {
                Terminal.out(screen(findings))
            }
            let broken = findings.filter { $0.level == .broken }
            if broken.contains(where: \.isConfiguration) { throw ExitCode(Sysexit.configuration.rawValue) }
            if !broken.isEmpty { throw ExitCode(Sysexit.unavailable.rawValue) }
        }
    }

    private func screen(_ findings: [Finding]) -> String {
        let open = findings.filter { $0.level != .well }
        let broken = open.count { $0.level == .broken }
        let head = broken > 0 ? "\(broken) \(broken == 1 ? "thing is" : "things are") broken"
            : open.isEmpty ? (offline ? "All well as far as that can be told without asking anybody." : "All well.") : "All well so far; \(open.count) \(open.count == 1 ? "thing" : "things") to do before it is real"
        let rows = open.map { "\($0.level.mark) \($0.part.padded(to: 12))  \($0.found.padded(to: 44))  \($0.advice)" }
        let well = findings.filter { $0.level == .well }.map { "✓ \($0.part) \($0.found)" }
        return ([Terminal.bold(head), ""] + rows + (well.isEmpty ? [] : [well.joined(separator: "\n")])).joined(separator: "\n")
    }
}

/// Looks at each part in turn; a part that cannot be looked at is a finding, not an error.
struct Doctor {
    /// The part whose faults have an exit code of their own.
    static let settings = "settings"
    let options: CommonOptions
    /// Asks nobody outside this machine.
    let isOffline: Bool

    init(_ options: CommonOptions, offline: Bool) {
        self.options = options
        isOffline = offline
    }

    func examine() async -> [Finding] {
        let locator = ConfigurationLocator(environment: Session.environment)
        let ground = journal() + [Finding(.well, "SQLite", SQLiteJournal.sqliteVersion)] + disk() + clock() + timers()
        switch ConfigurationLoader.load(locator.locate(option: options.config)) {
        case .success(let loaded):
            let settings = loaded.settings
            let unusable = loaded.unusable.map { Finding(.broken, Self.settings, "a strategy cannot trade: \($0)", "edit the file; everything else goes on") }
            return [Finding(.well, Self.settings, loaded.file ?? "defaults, no file")] + unusable + ground + account(loaded) + zone(settings)
                + (await prices(loaded)) + (await feeds(settings)) + (await prompts(loaded)) + (await models(loaded)) + (await telegram(settings))
        case .failure(let error):
            // What the settings ask for is not known, so nothing is asked.
            return error.problems.map { Finding(.broken, Self.settings, $0.description, "edit the file; nothing was changed") } + ground
        }
    }

    private func journal() -> [Finding] {
        guard let (place, folder) = try? Session.home(options) else { return [Finding(.broken, "home", "no folder for the journal", "name one with --home")] }
        var found: [Finding] = []
        if let why = folder.killSwitch() { found.append(Finding(.hint, "halted", why, folder.command("resume"))) }
        do throws(Failure) { try folder.requireJournal() } catch {
            return found + [error.code == .noPermission ? Finding(.broken, "journal", error.message) : Finding(.hint, "journal", "none yet in \(place.path)", "\(folder.command("cycle")) starts one")]
        }
        do {
            let journal = try SQLiteJournal(path: folder.journal, mayWrite: false)
            let verified = try journal.verify(), count = verified.entries
            // Only the lab was here.
            guard count > 0 else { return found + [Finding(.hint, "journal", "none yet in \(place.path)", "\(folder.command("cycle")) starts one")] }
            found += verified.faults.map { Finding(.broken, "journal", $0) }
            let audit = try journal.audit()
            if verified.faults.isEmpty { found.append(audit.isClean ? Finding(.well, "journal", "\(count) entries, \(Self.size(journal.fileSize())), verified, \(place.path)")
                : Finding(.broken, "journal", "ledger off by \(audit.ledgerImbalance), \(audit.unprotectedSeconds) s unprotected", folder.command("journal verify"))) }
            for active in try journal.book().activeBreakers(at: SystemClock().now) {
                found.append(Finding(.hint, "breaker", "\(active.name.rawValue): \(active.breaker.why)", active.breaker.until.map { "until \($0)" } ?? "\(folder.command("breaker reset \(active.name.rawValue)")) --reason \"…\""))
            }
        } catch {
            found.append(Finding(.broken, "journal", Failure(error).message))
        }
        return found
    }

    private static func size(_ bytes: Int64?) -> String { bytes.map { $0 < 1_000_000 ? "\($0 / 1_000) kB" : "\($0 / 1_000_000) MB" } ?? "size unknown" }

    private func disk() -> [Finding] {
        guard let (_, folder) = try? Session.home(options) else { return [] }
        var info = statvfs()
        // The nearest folder that is there tells of the disk that the home will be on.
        var path = folder.path[...]
        while statvfs(String(path), &info) != 0, let slash = path.lastIndex(of: "/") {
            path = slash == path.startIndex ? "/" : path[..<slash]
            if path == "/" { break }
        }
        if info.f_frsize == 0, statvfs(path == "/" ? "/" : ".", &info) != 0 { return [Finding(.hint, "disk", "its free space cannot be read")] }
        let free = Int(info.f_bavail) * Int(info.f_frsize) / 1_000_000
        let text = free > 2_000 ? "\(free / 1_000) GB free" : "\(free) MB free"
        return [free < 500 ? Finding(.broken, "disk", text, "free some space: a full disk stops all trading") : Finding(.well, "disk", text)]
    }

    /// Whether something keeps the clock right: timesyncd leaves a mark, chrony and ntpd a folder.
    private func clock() -> [Finding] {
        let marks = ["/run/systemd/timesync/synchronized", "/run/chrony", "/var/lib/ntpsec", "/run/ntpd.pid"]
        return [marks.contains { access($0, F_OK) == 0 } ? Finding(.well, "clock", "synchronised")
            : Finding(.hint, "clock", "nothing seems to keep it right", "turn on systemd-timesyncd or chrony")]
    }

    /// - Parameter missing: what it means that there is none; by default the part does not work.
    func key(_ name: SecretName, _ part: String, else missing: Finding? = nil) -> Finding {
        do throws(SecretError) {
            if try SecretSources(environment: Session.environment).secret(name) != nil { return Finding(.well, part, "key is there") }
        } catch { return Finding(.broken, part, error.description, "set \(name.variable) anew") }
        return missing ?? Finding(.broken, part, "no key, and the settings need it", "set \(name.variable)")
    }

    private func zone(_ settings: CarillonSettings) -> [Finding] {
        DisplayZone.configured(settings.report.zone).note.map { [Finding(.hint, "zone", $0, "correct report.zone, or install the system's time zones (tzdata)")] } ?? []
    }

    /// Where prices come from, and whether it answers now: one question, at most `patience`.
    private func prices(_ loaded: LoadedConfiguration) async -> [Finding] {
        switch loaded.settings.feeds.prices {
        case .synthetic: return [Finding(.hint, "prices", "synthetic market", "feeds.prices: binance, see README \"Real prices\"")]
        case .candles: return [Finding(.hint, "prices", "candle files, which replay the past", "feeds.prices: binance, see README \"Real prices\"")]
        case .binance: break
        }
        guard let (_, folder) = try? Session.home(options) else { return [] }
        let world: World
        do throws(Failure) { world = try World.live(loaded, home: folder, clock: SystemClock()) } catch {
            return [Finding(.broken, "prices", error.message)]
        }
        guard let measure = world.sources.venueClock else { return [] }
        let address = loaded.settings.feeds.address
        if isOffline { return [Finding(.well, "prices", "\(WebAddress.authority(address) ?? address), not asked")] }
        return [await Self.venue(WebAddress.authority(address) ?? address, measure)]
    }

    private static let patience = Duration.seconds(5)

    private static func venue(_ host: String, _ measure: @escaping @Sendable () async throws(FeedError) -> VenueClock) async -> Finding {
        let answer = await withTaskGroup(of: Result<VenueClock, FeedError>?.self) { group in
            group.addTask { do throws(FeedError) { return .success(try await measure()) } catch { return .failure(error) } }
            group.addTask {
                try? await SystemClock().sleep(for: patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        let advice = "check the network, or set feeds.prices: synthetic"
        switch answer {
        case nil: return Finding(.broken, "prices", "no answer from \(host) in \(patience.milliseconds / 1_000) s", advice)
        case .failure(let error)?:
            let why = SafeReason.line(error.detail)
            return Finding(.broken, "prices", error.kind == .unreachable ? "no answer from \(host): \(why)" : "\(host) \(error.kind.rawValue): \(why)", advice)
        case .success(let clock)?:
            let level: Finding.Level = clock.verdict == .fine ? .well : clock.verdict == .warn ? .hint : .broken
            let words = level == .well ? "\(host), clock \(clock.offset.milliseconds.magnitude) ms" : clock.words
            return Finding(level, "prices", words, level == .well ? "" : "set the clock right (timedatectl)")
        }
    }

    private func timers() -> [Finding] {
        access("/etc/systemd/system/carillon-cycle.timer", F_OK) == 0 ? [Finding(.well, "timers", "installed")]
            : [Finding(.hint, "timers", "not installed", "make install, see README \"A server\"")]
    }
}

extension String {
    func padded(to width: Int) -> String { count >= width ? self : self + String(repeating: " ", count: width - count) }
}
