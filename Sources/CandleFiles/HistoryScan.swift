// The pass over a history's bytes: lines to checked rows in growing columns.
import Kernel
import Market

struct HistoryScan {
    let file: String
    /// Lines read so far.
    private(set) var line = 0
    private var columns = CandleHistory.Columns(capacity: 1 << 16)
    private var rows = 0
    private var previous: Int64 = 0
    /// The interval: the name's, else the smallest distance of two rows that is an interval.
    private var step: Int64
    /// Whether the name tells it, so that other rows are gaps and no other interval.
    private let isNamed: Bool
    /// The smallest distance of two rows that is not `step`, and how many are not.
    private var smallest: Int64 = .max
    private var others = 0
    private var hasHeader = false
    /// Whether an empty line was met: only empty lines may follow.
    private var isEnded = false
    private var pricePlaces = 0, volumePlaces = 0

    static let names = ["time", "open", "high", "low", "close", "volume"]
    private static let mostRows = 50_000_000
    /// 2001-09-09 to 2096-10-02: outside, a time is not in milliseconds.
    private static let plausible: ClosedRange<Int64> = 1_000_000_000_000...4_000_000_000_000

    /// - Parameter timeframe: what the file's name tells.
    init(file: String, timeframe: Timeframe?) {
        self.file = file
        step = timeframe?.duration.milliseconds ?? .max
        isNamed = timeframe != nil
    }

    func fault(_ column: Int?, _ reason: String) -> FileFault {
        FileFault(file: file, line: line, column.map { "column \($0): \(reason)" } ?? reason)
    }

    /// Takes all whole lines; returns how many bytes they are.
    mutating func lines(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int) throws(FileFault) -> Int {
        // Whole lines end at the last line break: rows before it need no look at how much is left.
        var last = count
        while last > 0, bytes[last - 1] != UInt8(ascii: "\n") { last -= 1 }
        var at = 0
        if isEnded { try blanks(bytes, &at, last) }
        while at < last {
            line += 1
            if line == 1 {
                hasHeader = try header(bytes, &at)
                if hasHeader { continue }
            }
            if rows == columns.capacity { try grow() }
            try row(bytes, &at, last)
        }
        return last
    }

    /// Empty lines are nothing at a file's end, and a fault before another row.
    @inline(never)
    private mutating func blanks(_ bytes: UnsafeMutablePointer<UInt8>, _ at: inout Int, _ last: Int) throws(FileFault) {
        isEnded = true
        while at < last {
            guard Self.isBlank(bytes, at) else { throw fault(nil, "empty line between rows") }
            at += bytes[at] == Self.lineBreak ? 1 : 2
            line += 1
        }
    }

    private static func isBlank(_ bytes: UnsafeMutablePointer<UInt8>, _ at: Int) -> Bool {
        bytes[at] == lineBreak || (bytes[at] == UInt8(ascii: "\r") && bytes[at + 1] == lineBreak)
    }

    /// Whether the first line is a header; `at` moves behind it then, else behind a byte order mark.
    private func header(_ bytes: UnsafeMutablePointer<UInt8>, _ at: inout Int) throws(FileFault) -> Bool {
        if bytes[0] &- 48 < 10 { return false }
        var end = 0
        while bytes[end] != UInt8(ascii: "\n") { end += 1 }
        let next = end + 1
        if end > 0, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        let line = UnsafeBufferPointer(start: bytes, count: end), body = TextOpening.body(line)
        if let reason = TextOpening.fault(line) { throw FileFault(file: file, reason) }
        at = line.count - body.count
        if let first = body.first, first &- 48 < 10 { return false }
        at = next
        let text = String(decoding: body, as: UTF8.self)
        guard RowScanner.headers.contains(text) else { throw fault(1, RowScanner.headerFault(text)) }
        return true
    }

    private mutating func grow() throws(FileFault) {
        guard rows < Self.mostRows else { throw fault(nil, "more than \(Self.mostRows) rows") }
        let larger = CandleHistory.Columns(capacity: columns.capacity * 2)
        larger.openTime.update(from: columns.openTime, count: rows)
        for (new, old) in [
            (larger.open, columns.open), (larger.high, columns.high), (larger.low, columns.low), (larger.close, columns.close),
            (larger.volume, columns.volume)
        ] { new.update(from: old, count: rows) }
        columns = larger
    }

    @inline(__always)
    private mutating func row(_ bytes: UnsafeMutablePointer<UInt8>, _ at: inout Int, _ last: Int) throws(FileFault) {
        let start = at
        let time = Self.whole(bytes, &at)
        guard time >= 0 else {
            guard Self.isBlank(bytes, start) else { throw fault(at - start + 1, "time is not a whole number") }
            line -= 1
            return try blanks(bytes, &at, last)
        }
        guard Self.plausible.contains(time) else { throw fault(1, "the time is not in milliseconds") }
        if rows > 0 {
            let distance = time - previous
            guard distance > 0 else { throw fault(1, distance == 0 ? "duplicate of the row before" : "earlier than the row before") }
            if distance != step { note(distance) }
        }
        previous = time
        // Damage is NaN here: which it is, and where, is looked for only then.
        let open = Self.number(bytes, &at, Self.comma, powers, &pricePlaces), high = Self.number(bytes, &at, Self.comma, powers, &pricePlaces)
        let low = Self.number(bytes, &at, Self.comma, powers, &pricePlaces), close = Self.number(bytes, &at, Self.comma, powers, &pricePlaces)
        let volume = Self.number(bytes, &at, Self.lineBreak, powers, &volumePlaces)
        guard !(open + high + low + close + volume).isNaN else { throw damage(bytes, start) }
        guard low > 0 else { throw fault(nil, "a price is zero") }
        guard high <= 1e10, volume <= 1e15 else { throw fault(nil, high > 1e10 ? "a price is above 1e10" : "volume is above 1e15") }
        guard low <= open, low <= close, high >= open, high >= close else { throw fault(nil, disorder(open, high, low, close)) }
        columns.openTime[rows] = time
        columns.open[rows] = open
        columns.high[rows] = high
        columns.low[rows] = low
        columns.close[rows] = close
        columns.volume[rows] = volume
        rows += 1
    }

    private mutating func note(_ distance: Int64) {
        let isInterval = Timeframe.allCases.contains { $0.duration.milliseconds == distance }
        if step != .max || !isInterval { others += 1 }
        smallest = min(smallest, distance)
        if !isNamed, isInterval, distance < step { step = distance }
    }

    /// The whole number before a comma, and `at` behind it; -1 if there is none.
    @inline(__always)
    private static func whole(_ bytes: UnsafeMutablePointer<UInt8>, _ at: inout Int) -> Int64 {
        var value: Int64 = 0, digits = 0
        while bytes[at] &- 48 < 10, digits < 18 {
            value = value &* 10 &+ Int64(bytes[at] &- 48)
            at += 1
            digits += 1
        }
        guard digits > 0, bytes[at] == comma else { return -1 }
        at += 1
        return value
    }

    /// The number that ends with `end`, and `at` behind it; NaN if there is none, and then `at` is anywhere in the
    /// line. `places` rises to the decimals that carry something.
    @inline(__always)
    private static func number(
        _ bytes: UnsafeMutablePointer<UInt8>, _ at: inout Int, _ end: UInt8, _ powers: InlineArray<13, Double>, _ places: inout Int
    ) -> Double {
        let first = at
        var mantissa: Int64 = 0
        while bytes[at] &- 48 < 10 {
            mantissa = mantissa &* 10 &+ Int64(bytes[at] &- 48)
            at += 1
        }
        var digits = at - first, decimals = 0
        if bytes[at] == UInt8(ascii: "."), digits > 0 {
            at += 1
            let point = at
            while bytes[at] &- 48 < 10 {
                mantissa = mantissa &* 10 &+ Int64(bytes[at] &- 48)
                at += 1
            }
            decimals = at - point
            digits = decimals == 0 ? 0 : digits + decimals
        }
        if end == lineBreak, bytes[at] == UInt8(ascii: "\r") { at += 1 }
        guard digits > 0, digits <= 18, decimals <= 12, bytes[at] == end else { return .nan }
        at += 1
        if decimals > places { places = carrying(mantissa, decimals, atLeast: places) }
        return mantissa < 1 << 53 ? Double(mantissa) / powers[decimals] : exact(mantissa, decimals)
    }

    /// Decimals without the zeros at the end.
    private static func carrying(_ mantissa: Int64, _ decimals: Int, atLeast least: Int) -> Int {
        var rest = mantissa, places = decimals
        while places > least, rest % 10 == 0 { rest /= 10; places -= 1 }
        return places
    }

    /// More digits than a Double holds: by its exact text.
    private static func exact(_ mantissa: Int64, _ decimals: Int) -> Double {
        Double("\(mantissa)e-\(decimals)") ?? .infinity
    }

    /// 10 to the places.
    private let powers = InlineArray<13, Double> { places in (0..<places).reduce(1.0) { power, _ in power * 10 } }
    static var comma: UInt8 { UInt8(ascii: ",") }
    static var lineBreak: UInt8 { UInt8(ascii: "\n") }

    /// What can be told from the file alone.
    func assumed(_ symbol: Symbol) -> Instrument? {
        var highest = 0.0
        for row in 0..<rows where columns.high[row] > highest { highest = columns.high[row] }
        return AssumedRules(pricePlaces: pricePlaces, volumePlaces: volumePlaces, magnitude: AssumedRules.magnitude(highest)).instrument(symbol)
    }

    /// All rows that are on the interval's grid; the others are gaps.
    mutating func finish() throws(FileFault) -> (timeframe: Timeframe, gaps: RowGaps?) {
        guard line > 0 else { throw FileFault(file: file, "empty") }
        guard rows > 1 else { throw FileFault(file: file, "fewer than 2 rows: no time frame can be told") }
        guard let timeframe = Timeframe.allCases.first(where: { $0.duration.milliseconds == step }) else {
            throw FileFault(
                file: file, "rows are \(smallest) ms apart, which is none of \(Timeframe.allCases.map(\.rawValue).joined(separator: " "))")
        }
        guard others < rows - 1 || smallest < step else { throw FileFault(file: file, coarserThan: step, closest: smallest) }
        guard others > 0 || columns.openTime[0] % step != 0 else { return (timeframe, nil) }
        let gaps = leaveOut(timeframe)
        if let refusal = gaps?.refusal(sound: rows) { throw refusal }
        return (timeframe, gaps)
    }

    /// Closes the ranks over rows off the grid.
    private mutating func leaveOut(_ timeframe: Timeframe) -> RowGaps? {
        var gaps: RowGaps?, kept = 0
        for row in 0..<rows {
            guard columns.openTime[row] % step == 0 else {
                let line = row + (hasHeader ? 2 : 1)
                gaps =
                    gaps?.oneMore()
                    ?? RowGaps(count: 1, first: FileFault(file: file, line: line, "opens off the grid of \(timeframe.rawValue) candles"))
                continue
            }
            if kept < row {
                columns.openTime[kept] = columns.openTime[row]
                for column in [columns.open, columns.high, columns.low, columns.close, columns.volume] { column[kept] = column[row] }
            }
            kept += 1
        }
        rows = kept
        return gaps
    }

    func history(_ instrument: Instrument, _ timeframe: Timeframe) -> CandleHistory {
        let tickPlaces = (0...12).first { instrument.tickSize.isMultiple(of: .unit(places: $0)) } ?? 12
        return CandleHistory(columns, count: rows, instrument: instrument, pricePlaces: max(pricePlaces, tickPlaces), timeframe: timeframe)
    }
}
