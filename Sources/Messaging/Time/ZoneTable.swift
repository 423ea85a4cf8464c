// A TZif file (RFC 8536) read without Foundation: the moments at which a place changed its clocks,
// and the rule for all later years. Every count is checked against the bytes that are there.
import Kernel

/// One place's history of clock changes.
struct ZoneTable: Sendable {
    struct LocalTime: Hashable, Sendable {
        /// To be added to UTC.
        let seconds: Int
        let name: String
    }
    private let changes: [(at: Int64, time: LocalTime)]
    private let before: LocalTime
    private let after: RecurringZoneRule?

    /// nil unless the bytes are a whole TZif file of version 2 or later.
    init?(tzif bytes: [UInt8]) {
        var reader = TZifReader(bytes: bytes)
        // The first block has 32-bit times and is repeated with 64-bit ones.
        guard let old = reader.header(), old.version >= 2, reader.skip(old.size(timeBytes: 4)),
            let new = reader.header(), let block = reader.block(new)
        else { return nil }
        before = block.first
        changes = block.changes
        let footer = String(decoding: reader.footer(), as: UTF8.self)
        after = RecurringZoneRule(footer)
        guard footer.isEmpty || after != nil else { return nil }
    }

    func localTime(at time: Timestamp) -> LocalTime {
        let seconds = time.floored(to: .seconds(1)).milliseconds / 1_000
        guard let last = changes.last else { return after?.localTime(atUnix: seconds) ?? before }
        if seconds >= last.at { return after?.localTime(atUnix: seconds) ?? last.time }
        var low = 0, high = changes.count  // the first change after `seconds` is in low...high
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? before : changes[low - 1].time
    }
}

/// The bytes of a TZif file, read in order.
private struct TZifReader {
    struct Header {
        let version: Int
        let isUT: Int, isStandard: Int, leaps: Int, changes: Int, types: Int, letters: Int
        func size(timeBytes: Int) -> Int {
            changes * (timeBytes + 1) + types * 6 + letters + leaps * (timeBytes + 4) + isStandard + isUT
        }
    }
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func skip(_ count: Int) -> Bool {
        guard count >= 0, count <= bytes.count - at else { return false }
        at += count
        return true
    }

    /// A big-endian signed number; the caller has checked that it is there.
    private func number(_ offset: Int, _ width: Int) -> Int64 {
        let bits = bytes[offset..<(offset + width)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(bitPattern: bits << UInt64(64 - width * 8)) >> Int64(64 - width * 8)
    }

    mutating func header() -> Header? {
        let start = at
        guard skip(44), bytes[start..<(start + 4)].elementsEqual("TZif".utf8) else { return nil }
        let counts = (0..<6).map { Int(number(start + 20 + $0 * 4, 4)) }
        guard counts.allSatisfy({ (0...10_000).contains($0) }) else { return nil }
        return Header(
            version: Int(bytes[start + 4]) - 48, isUT: counts[0], isStandard: counts[1], leaps: counts[2],
            changes: counts[3], types: counts[4], letters: counts[5])
    }

    mutating func block(_ header: Header) -> (changes: [(at: Int64, time: ZoneTable.LocalTime)], first: ZoneTable.LocalTime)? {
        let times = at, kinds = times + header.changes * 8, types = kinds + header.changes
        let letters = types + header.types * 6
        guard header.types > 0, skip(header.size(timeBytes: 8)) else { return nil }
        var locals: [ZoneTable.LocalTime] = []
        for type in 0..<header.types {
            let nameStart = Int(bytes[types + type * 6 + 5])
            let seconds = Int(number(types + type * 6, 4))
            guard nameStart < header.letters, abs(seconds) <= 26 * 3_600 else { return nil }
            let name = bytes[(letters + nameStart)..<(letters + header.letters)].prefix { $0 != 0 }
            guard name.count <= 8, name.allSatisfy({ (33...126).contains($0) }) else { return nil }
            locals.append(.init(seconds: seconds, name: String(decoding: name, as: UTF8.self)))
        }
        var changes: [(at: Int64, time: ZoneTable.LocalTime)] = []
        for change in 0..<header.changes {
            let moment = number(times + change * 8, 8), kind = Int(bytes[kinds + change])
            guard kind < locals.count, changes.last.map({ $0.at < moment }) ?? true else { return nil }
            changes.append((moment, locals[kind]))
        }
        return (changes, locals[0])
    }

    /// What stands between the last two line ends.
    mutating func footer() -> ArraySlice<UInt8> {
        guard at < bytes.count, bytes[at] == 10 else { return [] }
        return bytes[(at + 1)...].prefix { $0 != 10 }
    }
}
