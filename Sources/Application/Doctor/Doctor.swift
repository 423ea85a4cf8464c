// Looks at every part that is configured, one after another, and says what it found.
import Engine
import Events
import Glibc
import Kernel
import Market
import Messaging
import Ports
import Risk
import Settings
package import SettingsFiles
import Store
import Trading

/// Looks at each part in turn; a part that cannot be looked at is a finding, not an error.
package struct Doctor {
    /// The part whose faults have an exit code of their own.
    package static let settings = "settings"
    /// Parts under which nothing is bought, though all of it works.
    package static let halted = "halted", breaker = "breaker"
    let caller: Caller
    /// Asks nobody outside this machine.
    package let isOffline: Bool

    package init(_ caller: Caller, offline: Bool) {
        self.caller = caller
        isOffline = offline
    }

    package func examine() async -> [Finding] {
        let found = ConfigurationLoader.load(caller.settingsPlace)
        let shown = DisplayZone.configured((try? found.get())?.settings.report.zone ?? .utc).zone
        let ground = journal(shown) + [Finding(.well, "SQLite", SQLiteJournal.sqliteVersion)] + disk() + clock() + timers()
        switch found {
        case .success(let loaded):
            let settings = loaded.settings
            let unusable = loaded.unusable.map {
                Finding(.broken, Self.settings, "a strategy cannot trade: \($0)", "edit the file; everything else goes on")
            }
            return [Finding(.well, Self.settings, loaded.file ?? "defaults, no file")] + unusable + ground + account(loaded) + zone(settings)
                + (await prices(loaded)) + (await feeds(settings)) + (await prompts(loaded)) + (await models(loaded)) + (await telegram(settings))
        case .failure(let error):
            // What the settings ask for is not known, so nothing is asked.
            return error.problems.map { Finding(.broken, Self.settings, $0.description, "edit the file; nothing was changed") } + ground
        }
    }

    private func journal(_ zone: DisplayZone) -> [Finding] {
        guard let folder = try? caller.home() else {
            return [Finding(.broken, "home", "no folder for the journal", "name one with --home")]
        }
        var found: [Finding] = []
        if let why = folder.killSwitch() { found.append(Finding(.hint, Self.halted, why, folder.command("resume"))) }
        do throws(Failure) { try folder.requireJournal() } catch {
            return found + [
                error.code == .noPermission
                    ? Finding(.broken, "journal", error.message)
                    : Finding(.hint, "journal", "none yet in \(folder.path)", "\(folder.command("cycle")) starts one")
            ]
        }
        do {
            let journal = try SQLiteJournal(path: folder.journal, mayWrite: false)
            let verified = try journal.verify(), count = verified.entries
            // Only the lab has used this home.
            guard count > 0 else { return found + [Finding(.hint, "journal", "none yet in \(folder.path)", "\(folder.command("cycle")) starts one")] }
            found += verified.faults.map { Finding(.broken, "journal", folder.addressed($0)) }
            let audit = try journal.audit()
            if !audit.ledgerImbalance.isZero {
                found.append(Finding(.broken, "journal", "ledger off by \(audit.ledgerImbalance)", folder.command("journal verify")))
            }
            found += unguarded(audit, zone, folder)
            if verified.faults.isEmpty, audit.isSound(at: caller.clock.now) {
                found.append(Finding(.well, "journal", "\(count) entries, \(Self.size(journal.fileSize())), verified, \(folder.path)"))
            }
            for active in try journal.book().main.activeBreakers(at: caller.clock.now) {
                found.append(
                    Finding(
                        .hint, Self.breaker, "\(active.name.rawValue): \(active.breaker.cause.words)",
                        active.breaker.until.map { "until \(Format.moment($0, now: caller.clock.now, in: zone))" }
                            ?? "\(folder.command("breaker reset \(active.name.rawValue)")) --reason \"…\""))
            }
        } catch {
            found.append(Finding(.broken, "journal", folder.addressed(Failure(error).message)))
        }
        return found
    }

    /// What is wrong now needs a person; what was cannot be mended, and is named once however often it was.
    private func unguarded(_ audit: JournalAudit.Result, _ zone: DisplayZone, _ folder: HomeFolder) -> [Finding] {
        let words = UnguardedWords(audit, now: caller.clock.now, zone: zone, folder)
        var found = words.faults.map { Finding(.broken, "position", $0.words, $0.remedy) }
        if let last = words.past.last {
            let earlier = words.past.count > 1 ? ", and \(words.past.count - 1) more before" : ""
            found.append(Finding(.hint, "position", last + earlier, "a fact of the past, nothing needs doing", isPast: true))
        }
        return found
    }

    private static func size(_ bytes: Int64?) -> String {
        bytes.map { $0 < 1_000_000 ? "\($0 / 1_000) kB" : "\($0 / 1_000_000) MB" } ?? "size unknown"
    }

    private func disk() -> [Finding] {
        guard let folder = try? caller.home() else { return [] }
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
        return [
            marks.contains { access($0, F_OK) == 0 }
                ? Finding(.well, "clock", "synchronised")
                : Finding(.hint, "clock", "no time service seems to keep it right", "turn on systemd-timesyncd or chrony")
        ]
    }

    /// - Parameter missing: the finding if there is none; by default the part does not work.
    package func key(_ name: SecretName, _ part: String, else missing: Finding? = nil) -> Finding {
        do throws(SecretError) {
            if try SecretSources(environment: caller.environment).secret(name) != nil { return Finding(.well, part, "key is there") }
        } catch { return Finding(.broken, part, error.description, "set \(name.variable) anew") }
        return missing ?? Finding(.broken, part, "no key, and the settings need it", "set \(name.variable)")
    }

    private func zone(_ settings: CarillonSettings) -> [Finding] {
        DisplayZone.configured(settings.report.zone).note.map {
            [Finding(.hint, "zone", $0, "correct report.zone, or install the system's time zones (tzdata)")]
        } ?? []
    }

    /// Where prices come from, and whether it answers now: one question, at most `patience`.
    private func prices(_ loaded: LoadedConfiguration) async -> [Finding] {
        switch loaded.settings.feeds.prices {
        case .synthetic: return [Finding(.hint, "prices", "synthetic market", "set feeds.prices: binance, see README \"Real prices\"")]
        case .candles:
            return [Finding(.hint, "prices", "candle files, which replay the past", "set feeds.prices: binance, see README \"Real prices\"")]
        case .binance: break
        }
        guard let folder = try? caller.home() else { return [] }
        let world: World
        do throws(Failure) { world = try World.live(loaded, caller, home: folder, clock: caller.clock) } catch {
            return [Finding(.broken, "prices", error.message)]
        }
        guard let measure = world.sources.venueClock else { return [] }
        let address = loaded.settings.feeds.address
        if isOffline { return [Finding(.well, "prices", "\(WebAddress.authority(address) ?? address), not asked")] }
        return [await Self.venue(WebAddress.authority(address) ?? address, measure)]
    }

    private static let patience = TimeSpan.seconds(5)

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
            let why = SafeText.typed(error.detail)
            return Finding(
                .broken, "prices", error.kind == .unreachable ? "no answer from \(host): \(why)" : "\(host) \(error.kind.rawValue): \(why)", advice)
        case .success(let clock)?:
            let level: Finding.Level = clock.verdict == .fine ? .well : clock.verdict == .warn ? .hint : .broken
            let words = level == .well ? "\(host), clock \(clock.offset.milliseconds.magnitude) ms" : clock.words
            return Finding(level, "prices", words, level == .well ? "" : "set the clock right (timedatectl)")
        }
    }

    private func timers() -> [Finding] {
        access("/etc/systemd/system/carillon-cycle.timer", F_OK) == 0
            ? [Finding(.well, "timers", "installed")]
            : [Finding(.hint, "timers", "not installed", "run make install, see README \"A server\"")]
    }
}
