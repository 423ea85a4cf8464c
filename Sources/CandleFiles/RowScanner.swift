// Bytes of one line to one checked row. Every column of every row is read, also of rows nobody asked
// for: a file with a damaged line anywhere is a damaged file (F053). A row that is sound but for its times is a gap.
import Kernel

/// A row whose numbers are sound.
struct ScannedRow {
    let row: CandleRow
    /// Why it is no candle of the interval; nil if it is one.
    let gap: String?
}

/// Reads lines of `open_time_ms,open,high,low,close,volume`, or of a venue's archive with six more columns.
struct RowScanner {
    let file: String
    /// Milliseconds of the file's interval.
    let step: Int64
    /// 2001-09-09 to 2096-10-02: outside, a time is not in milliseconds.
    var times: ClosedRange<Int64> = 1_000_000_000_000...4_000_000_000_000
    /// The most decimals of a number.
    var places = FixedDecimal.places
    var layout = RowLayout()

    static let header = "open_time_ms,open,high,low,close,volume"
    /// Headers that mean the same wherever candle files are read; a file without one means it too.
    static let headers = [header, "ts,open,high,low,close,volume"]
    static let archiveFault = "12 columns, as in a venue's archive: carillon candles import takes it"

    /// What is wrong with a first line that is none of them.
    static func headerFault(_ text: String) -> String {
        text == RowLayout.archiveHeader ? archiveFault : "the header is neither \(headers.joined(separator: " nor ")); a file may also have none"
    }

    private static let names: [String] = (header + ",close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore")
        .split(separator: ",").map(String.init)

    /// - Parameter previous: the open time of the row before, gap or not, or nil.
    func row(_ line: UnsafeRawBufferPointer, number: Int, after previous: Int64?) throws(FileFault) -> ScannedRow {
        var at = 0
        let openTime = try openTime(field(line, &at, 0, number), number)
        var gap = openTime % step == 0 ? nil : "open time is off the interval's grid"
        if let previous, openTime <= previous {
            throw fault(number, openTime == previous ? "duplicate of the row before" : "earlier than the row before")
        }
        let open = try field(line, &at, 1, number), high = try field(line, &at, 2, number)
        let low = try field(line, &at, 3, number), close = try field(line, &at, 4, number)
        let volume = try field(line, &at, 5, number)
        if layout.columns > 6, try !rest(line, &at, openTime, number) { gap = gap ?? "its closing time is not the end of the interval" }
        guard at > line.count else { throw fault(number, "more than \(layout.columns) columns") }
        let places = max(max(open.places, high.places), max(low.places, close.places))
        guard let o = open.scaled(to: places), let h = high.scaled(to: places), let l = low.scaled(to: places), let c = close.scaled(to: places)
        else { throw fault(number, "prices have too many digits") }
        guard l > 0, o > 0, h > 0, c > 0 else { throw fault(number, "a price is zero") }
        guard !Mantissa.exceeds(h, places: places, limit: 10_000_000_000) else { throw fault(number, "a price is above 1e10") }
        guard !Mantissa.exceeds(volume.value, places: volume.places, limit: 1_000_000_000_000_000) else {
            throw fault(number, "volume is above 1e15")
        }
        guard h >= l else { throw fault(number, "high below low") }
        guard h >= o, h >= c else { throw fault(number, o > h ? "high below open" : "high below close") }
        guard l <= o, l <= c else { throw fault(number, o < l ? "low above open" : "low above close") }
        let row = CandleRow(
            openTime: openTime, open: o, high: h, low: l, close: c, volume: volume.value,
            pricePlaces: places, volumePlaces: volume.places)
        return ScannedRow(row: row, gap: gap)
    }

    /// Milliseconds.
    private func openTime(_ time: Mantissa, _ number: Int) throws(FileFault) -> Int64 {
        let milliseconds = time.value / layout.ticks
        guard time.places == 0, time.value % layout.ticks == 0, times.contains(milliseconds) else {
            throw fault(number, "open_time_ms is not a time in \(layout.ticks == 1 ? "milliseconds" : "microseconds")")
        }
        return milliseconds
    }

    /// The columns of an archive that nobody asks for; whether the closing time is the interval's end.
    private func rest(_ line: UnsafeRawBufferPointer, _ at: inout Int, _ openTime: Int64, _ number: Int) throws(FileFault) -> Bool {
        let closeTime = try field(line, &at, 6, number)
        for column in 7..<layout.columns { _ = try field(line, &at, column, number) }
        return closeTime.places == 0 && closeTime.value == (openTime + step) * layout.ticks - 1
    }

    func fault(_ line: Int, _ reason: String) -> FileFault { FileFault(file: file, line: line, reason) }

    /// The number that starts at `at`, which moves behind the following comma (or behind the end plus one).
    @inline(__always)
    private func field(_ line: UnsafeRawBufferPointer, _ at: inout Int, _ column: Int, _ number: Int) throws(FileFault) -> Mantissa {
        guard at <= line.count else { throw fault(number, "\(column) columns instead of \(layout.columns)") }
        let start = at
        var value: Int64 = 0, digits = 0, point = -1
        while at < line.count {
            let byte = line[at]
            if byte &- 48 < 10 {
                digits += 1
                if digits > 18 { break }
                value = value * 10 + Int64(byte - 48)
            } else if byte == UInt8(ascii: "."), point < 0, at > start {
                point = at
            } else {
                break
            }
            at += 1
        }
        let ended = at == line.count || line[at] == UInt8(ascii: ",")
        var places = point < 0 ? 0 : at - point - 1
        guard ended, digits > 0, point < 0 || places > 0, places <= self.places else {
            return try unusual(line, start, &at, column, number)
        }
        while places > 0, value % 10 == 0 { value /= 10; places -= 1 }
        at += 1
        return Mantissa(value: value, places: UInt8(places))
    }

    /// Everything the short path does not take: exponents, many digits, and what is no number at all.
    private func unusual(_ line: UnsafeRawBufferPointer, _ start: Int, _ at: inout Int, _ column: Int, _ number: Int) throws(FileFault) -> Mantissa {
        var end = start
        while end < line.count, line[end] != UInt8(ascii: ",") { end += 1 }
        let name = Self.names[column]
        guard end > start else { throw fault(number, "\(name) is empty") }
        guard let value = FixedDecimal(utf8: Array(line[start..<end])[...]) else { throw fault(number, "\(name) is not an exact number") }
        guard !value.isNegative else { throw fault(number, "\(name) is negative") }
        guard let mantissa = Mantissa(exactly: value) else { throw fault(number, "\(name) has too many digits") }
        at = end + 1
        return mantissa
    }
}
