// A moment written as ISO 8601, read byte by byte: what is not exactly of this form is no moment.

extension Timestamp {
    /// Parses `YYYY-MM-DD`, optionally `Thh:mm[:ss[.fff…]]` with `Z` or `±hh:mm`; nil for anything else.
    public init?(iso8601 text: String) {
        var reader = MomentReader(bytes: Array(text.utf8))
        guard let moment = reader.moment() else { return nil }
        self = moment
    }
}

private struct MomentReader {
    let bytes: [UInt8]
    private var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func moment() -> Timestamp? {
        guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2) else { return nil }
        var clock = (hour: 0, minute: 0, second: 0, millisecond: 0), offset = 0
        if at < bytes.count {
            guard let time = time(), let zone = zone() else { return nil }
            (clock, offset) = (time, zone)
        }
        guard at == bytes.count,
            let moment = Timestamp(
                year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second, millisecond: clock.millisecond)
        else { return nil }
        return moment - .minutes(offset)
    }

    private mutating func time() -> (hour: Int, minute: Int, second: Int, millisecond: Int)? {
        guard take("T") || take(" "), let hour = number(2), take(":"), let minute = number(2) else { return nil }
        guard take(":") else { return (hour, minute, 0, 0) }
        guard let second = number(2) else { return nil }
        guard take(".") else { return (hour, minute, second, 0) }
        guard let millisecond = thousandths() else { return nil }
        return (hour, minute, second, millisecond)
    }

    /// Digits behind the point; what is finer than a millisecond is cut off.
    private mutating func thousandths() -> Int? {
        var value = 0, factor = 100
        let start = at
        while at < bytes.count, (48...57).contains(bytes[at]) {
            value += (Int(bytes[at]) - 48) * factor
            factor /= 10
            at += 1
        }
        return at > start ? value : nil
    }

    /// Minutes ahead of UTC.
    private mutating func zone() -> Int? {
        if take("Z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hours = number(2), hours <= 14 else { return nil }
        _ = take(":")
        guard let minutes = number(2), minutes <= 59 else { return nil }
        return sign * (hours * 60 + minutes)
    }

    private mutating func number(_ count: Int) -> Int? {
        guard at + count <= bytes.count else { return nil }
        var value = 0
        for _ in 0..<count {
            guard (48...57).contains(bytes[at]) else { return nil }
            value = value * 10 + Int(bytes[at]) - 48
            at += 1
        }
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, UInt32(bytes[at]) == character.value else { return false }
        at += 1
        return true
    }
}
