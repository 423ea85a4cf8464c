// `carillon doctor`: one line a part, worst first, each with what to do.
import ArgumentParser
import Configuration
import Domain
import Glibc
import Messaging
import Ports
import Store

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check settings, keys, journal, clock, disk and timers; say what to do about each.",
        discussion: "Exit code 0: all well or only hints; 69: a part that is configured does not work; 78: the settings are wrong.")
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await guarded {
            let findings = await Doctor(options).examine().sorted { $0.level < $1.level }
            if options.json {
                Terminal.out(JSONOutput.object([("findings", .list(findings.map(\.json)))]))
            } else {
                Terminal.out(Self.screen(findings))
            }
            if findings.contains(where: { $0.level == .broken }) { throw ExitCode(Sysexit.unavailable.rawValue) }
        }
    }

    private static func screen(_ findings: [Finding]) -> String {
        let open = findings.filter { $0.level != .well }
        let broken = open.count { $0.level == .broken }
        let head = broken > 0 ? "\(broken) \(broken == 1 ? "thing is" : "things are") broken"
            : open.isEmpty ? "All well." : "All well so far; \(open.count) \(open.count == 1 ? "thing" : "things") to do before it is real"
        let rows = open.map { "\($0.level.mark) \($0.part.padded(to: 12))  \($0.found.padded(to: 44))  \($0.advice)" }
        let well = findings.filter { $0.level == .well }.map { "✓ \($0.part) \($0.found)" }
        return ([Terminal.bold(head), ""] + rows + (well.isEmpty ? [] : [well.joined(separator: "\n")])).joined(separator: "\n")
    }
}

struct Finding {
    enum Level: Int, Comparable {
        case broken, hint, well
        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
        var mark: String { ["✗", "!", "✓"][rawValue] }
        var word: String { ["broken", "hint", "well"][rawValue] }
    }
    let level: Level
    let part: String
    let found: String
    let advice: String
    init(_ level: Level, _ part: String, _ found: String, _ advice: String = "") {
        self.level = level
        self.part = part
        self.found = found
        self.advice = advice
    }
    var json: JSONOutput {
        .fields([("part", .text(part)), ("level", .text(level.word)), ("found", .text(found)), ("advice", .text(advice))])
    }
}

/// Looks at each part in turn; a part that cannot be looked at is a finding, not an error.
struct Doctor {
    let options: CommonOptions
    init(_ options: CommonOptions) { self.options = options }

    func examine() async -> [Finding] {
        let locator = ConfigurationLocator(environment: Session.environment)
        var findings: [Finding] = []
        let loaded: LoadedConfiguration
        switch ConfigurationLoader.load(locator.locate(option: options.config)) {
        case .success(let configuration):
            loaded = configuration
            findings.append(Finding(.well, "settings", configuration.file ?? "defaults, no file"))
        case .failure(let error):
            loaded = LoadedConfiguration(settings: .default, file: nil)
            for problem in error.problems { findings.append(Finding(.broken, "settings", problem.description, "edit the file; nothing was changed")) }
        }
        let settings = loaded.settings
        findings += journal() + disk() + clock() + keys(settings) + timers()
        if settings.feeds.prices == .synthetic { findings.append(Finding(.hint, "prices", "synthetic market", "feeds.prices: binance, see README \"Real prices\"")) }
        return findings
    }

    private func journal() -> [Finding] {
        guard let (place, folder) = try? Session.home(options) else { return [Finding(.broken, "home", "no folder for the journal", "name one with --home")] }
        var found: [Finding] = []
        if let why = folder.killSwitch() { found.append(Finding(.hint, "halted", why, "carillon resume")) }
        do throws(Failure) { try folder.requireJournal() } catch {
            return found + [error.code == .noPermission ? Finding(.broken, "journal", error.message) : Finding(.hint, "journal", "none yet in \(place.path)", "carillon cycle starts one")]
        }
        do {
            let journal = try SQLiteJournal(path: folder.journal, mayWrite: false)
            let count = try journal.verifyChain()
            try journal.quickCheck()
            let audit = try journal.audit()
            found.append(audit.isClean ? Finding(.well, "journal", "\(count) entries, verified, \(place.path)")
                : Finding(.broken, "journal", "ledger off by \(audit.ledgerImbalance), \(audit.unprotectedSeconds) s unprotected", "carillon journal verify"))
            for active in try journal.book().activeBreakers(at: SystemClock().now) {
                found.append(Finding(.hint, "breaker", "\(active.name.rawValue): \(active.breaker.why)", active.breaker.until.map { "until \($0)" } ?? "carillon breaker reset \(active.name.rawValue) --reason \"…\""))
            }
        } catch {
            found.append(Finding(.broken, "journal", Failure(error).message))
        }
        return found
    }

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

    private func keys(_ settings: CarillonSettings) -> [Finding] {
        let sources = SecretSources(environment: Session.environment)
        func check(_ name: SecretName, _ part: String, needed: Bool, _ hint: String) -> Finding {
            do throws(SecretError) {
                if try sources.secret(name) != nil { return Finding(.well, part, "key is there") }
            } catch { return Finding(.broken, part, error.description) }
            return needed ? Finding(.broken, part, "no key, and the settings need it", "set \(name.variable)") : Finding(.hint, part, hint, "\(name.variable), see README \"Make it yours\"")
        }
        let providers = Set(settings.panel.analysts.compactMap { $0.kind == .prompt ? ($0.provider ?? settings.models.provider) : nil })
        return [check(.anthropicKey, "model", needed: providers.contains(.anthropic), providers.isEmpty ? "no model key: indicators only" : "no key"),
                check(.telegramToken, "telegram", needed: settings.telegram.enabled, "no token")]
    }

    private func timers() -> [Finding] {
        access("/etc/systemd/system/carillon-cycle.timer", F_OK) == 0 ? [Finding(.well, "timers", "installed")]
            : [Finding(.hint, "timers", "not installed", "make install, see README \"A server\"")]
    }
}

extension String {
    func padded(to width: Int) -> String { count >= width ? self : self + String(repeating: " ", count: width - count) }
}
