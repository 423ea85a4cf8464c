// The report zone against the system's own tables, and against files that lie.
import Kernel
import Messaging
import Settings
import Testing

#if canImport(Glibc)
    import Glibc
#endif

private let tables = "/usr/share/zoneinfo"
private let hasTables = access(tables + "/Europe/Berlin", R_OK) == 0
private let hasZdump = access("/usr/bin/zdump", X_OK) == 0

@Suite("DisplayZone")
struct DisplayZoneTests {
    @Test(
        "F060: a clock change moves the shown hour and its name; the hour in UTC goes on evenly", .enabled(if: hasTables, "no zone tables here"),
        arguments: [
            ("2026-03-29T00:59:59Z", "01:59 CET"), ("2026-03-29T01:00:00Z", "03:00 CEST"),
            ("2026-10-25T00:00:00Z", "02:00 CEST"), ("2026-10-25T01:00:00Z", "02:00 CET"), ("2026-07-01T12:00:00Z", "14:00 CEST"),
            ("2150-01-01T12:00:00Z", "13:00 CET"), ("2150-07-01T12:00:00Z", "14:00 CEST")
        ])
    func F060_clockChange(_ time: String, _ shown: String) throws {
        let (zone, note) = DisplayZone.named("Europe/Berlin")
        #expect(note == nil)
        let moment = try #require(Timestamp(iso8601: time))
        #expect(Format.clockAndZone(moment, in: zone) == shown)
        #expect(moment.floored(to: .hours(1)).civil == DisplayZone.utc.civil(moment.floored(to: .hours(1))))
    }

    @Test(
        "places of every kind", .enabled(if: hasTables, "no zone tables here"),
        arguments: [
            ("America/New_York", "2026-01-05T14:00:00Z", "09:00 EST"), ("America/New_York", "2060-07-05T14:00:00Z", "10:00 EDT"),
            ("Australia/Sydney", "2026-01-05T14:00:00Z", "01:00 AEDT"), ("Australia/Sydney", "2090-01-05T14:00:00Z", "01:00 AEDT"),
            ("Australia/Sydney", "2090-07-05T14:00:00Z", "00:00 AEST"), ("Asia/Kolkata", "2026-01-05T14:00:00Z", "19:30 IST"),
            ("Asia/Seoul", "2099-01-05T14:00:00Z", "23:00 KST"), ("America/Sao_Paulo", "2026-01-05T14:00:00Z", "11:00 UTC−3"),
            ("Asia/Kathmandu", "2026-01-05T14:00:00Z", "19:45 UTC+5:45"), ("Europe/London", "1890-01-05T14:00:00Z", "14:00 GMT")
        ])
    func places(_ name: String, _ time: String, _ shown: String) throws {
        #expect(Format.clockAndZone(try #require(Timestamp(iso8601: time)), in: DisplayZone.named(name).zone) == shown)
    }

    @Test(
        "zdump agrees on both sides of every clock change from 1930 to 2150", .enabled(if: hasTables && hasZdump, "no zdump here"),
        arguments: [
            "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/Santiago", "Australia/Lord_Howe",
            "Asia/Tehran", "Africa/Casablanca", "Pacific/Apia", "America/Nuuk", "Asia/Gaza"
        ])
    func agreesWithZdump(_ name: String) {
        let zone = DisplayZone.named(name).zone
        let changes = zdump(name)
        #expect(changes.count > 10)
        for (time, seconds) in changes { #expect(zone.secondsFromUTC(at: time) == seconds, "\(name) \(time)") }
    }

    @Test(
        "fixed offsets",
        arguments: [
            ("+02:00", "16:00 UTC+2"), ("-03:30", "10:30 UTC−3:30"), ("+9", "23:00 UTC+9"), ("+00:00", "14:00 UTC"), ("UTC", "14:00 UTC")
        ])
    func fixed(_ name: String, _ shown: String) {
        let (zone, note) = DisplayZone.named(name)
        #expect(note == nil)
        #expect(Format.clockAndZone(Timestamp(milliseconds: 1_767_621_600_000), in: zone) == shown)
    }

    @Test("a zone that the settings accept is shown as the same offset", arguments: ["UTC", "+09:00", "-03:30", "+14:00", "+00:00"])
    func configured(_ name: String) throws {
        let setting = try #require(ReportZone(name))
        let (zone, note) = DisplayZone.configured(setting)
        #expect(note == nil)
        #expect(Int64(zone.secondsFromUTC(at: Timestamp(milliseconds: 0))) * 1_000 == setting.offset?.milliseconds)
    }

    @Test(
        "what is no zone falls back to UTC with a note",
        arguments: [
            "", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe", "Europe/", "+25:00", "+2:0:0", "+٢", "tzdata.zi", "Europe/../UTC",
            "a\u{0}b"
        ])
    func fallback(_ name: String) throws {
        let (zone, note) = DisplayZone.named(name)
        #expect(try #require(note).hasSuffix("times are in UTC"))
        #expect(zone.name(at: Timestamp(milliseconds: 0)) == "UTC")
    }

    @Test("a damaged zone file is refused or read, never trapped on", .enabled(if: hasTables, "no zone tables here"))
    func damaged() throws {
        let whole = try #require(bytes(tables + "/Europe/Berlin"))
        #expect(DisplayZone(tzif: whole) != nil)
        #expect(DisplayZone(tzif: []) == nil)
        for length in stride(from: 0, to: whole.count - 40, by: 7) { #expect(DisplayZone(tzif: Array(whole[..<length])) == nil) }
        var chance = SplitMix64(seed: 3)
        for _ in 0..<3_000 {
            var copy = whole
            for _ in 0..<4 {
                copy[chance.below(copy.count)] = UInt8(truncatingIfNeeded: chance.next())
            }
            _ = DisplayZone(tzif: copy)?.civil(Timestamp(milliseconds: Int64(bitPattern: chance.next()) / 1_000_000))
        }
    }
}

/// Moments and offsets as the system's own tool prints them:
/// `Europe/Berlin  Sun Mar 29 01:00:00 2026 UT = … isdst=1 gmtoff=7200`.
private func zdump(_ name: String) -> [(Timestamp, Int)] {
    guard let pipe = popen("/usr/bin/zdump -v -c 1930,2150 \(name)", "r") else { return [] }
    defer { pclose(pipe) }
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var found: [(Timestamp, Int)] = []
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, 512, pipe) != nil {
        let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 16, let month = months.firstIndex(of: String(words[2])), let day = Int(words[3]), let year = Int(words[5]),
            let gmtoff = Int(words[15].dropFirst("gmtoff=".count))
        else { continue }
        let clock = words[4].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, let time = Timestamp(year: year, month: month + 1, day: day, hour: clock[0], minute: clock[1], second: clock[2])
        else { continue }
        found.append((time, gmtoff))
    }
    return found
}

private func bytes(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&buffer, 1, buffer.count, file)
    return Array(buffer[..<count])
}
