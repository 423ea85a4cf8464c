// Finds the report zone a person configured. A zone that cannot be read becomes UTC with a note,
// because a report in UTC is better than no report.
public import Settings

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension DisplayZone {
    /// - Parameters:
    ///   - name: `UTC`, an offset such as `+02:00`, or a place such as `Europe/Berlin`.
    ///   - directory: where the system keeps its TZif files.
    /// - Returns: the zone, and a note to show if it fell back to UTC.
    public static func named(_ name: String, directory: String = "/usr/share/zoneinfo") -> (zone: DisplayZone, note: String?) {
        if name == "UTC" || name == "Z" { return (.utc, nil) }
        if let fixed = DisplayZone(offset: name) { return (fixed, nil) }
        guard isPlaceName(name) else { return (.utc, "the report zone is not a zone name; times are in UTC") }
        guard let bytes = contents(of: directory + "/" + name), let place = DisplayZone(tzif: bytes) else {
            return (.utc, "no zone file for \(name); times are in UTC")
        }
        return (place, nil)
    }

    /// The zone of the settings, read from the system's tables; the same fall-back and note.
    public static func configured(_ zone: ReportZone, directory: String = "/usr/share/zoneinfo") -> (zone: DisplayZone, note: String?) {
        named(zone.name, directory: directory)
    }

    /// Letters, digits, `_ + -` and `/` between parts: nothing that leaves the directory.
    private static func isPlaceName(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count) else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || [43, 45, 95].contains(byte)
                }
        }
    }

    /// A file of at most 64 KiB, else nil.
    private static func contents(of path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        let limit = 65_536
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var filled = 0
        while filled <= limit {
            let count = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress?.advanced(by: filled), limit + 1 - filled) }
            if count == 0 { return Array(bytes[..<filled]) }
            guard count > 0 else { return nil }
            filled += count
        }
        return nil
    }
}
