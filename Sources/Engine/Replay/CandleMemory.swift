// The candles that a journal has kept by some moment, put together from what each picture and each round of strategies added.
import Analysis
import Kernel
import Market

struct CandleMemory {
    private var kept: [CandleKey: [Candle]] = [:]

    /// - Parameter text: lines of `CandleText`, with a time frame behind the symbol or, for hourly ones, without.
    /// - Returns: false if a line is none.
    mutating func add(_ text: [UInt8]) -> Bool {
        var added: [CandleKey: [Candle]] = [:]
        for line in text.split(separator: UInt8(ascii: "\n")) {
            guard let (key, candle) = Self.candle(line.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }) else {
                return false
            }
            added[key, default: []].append(candle)
        }
        for (key, candles) in added {
            let before = kept[key] ?? []
            guard let first = candles.first, before.last.map({ $0.openTime >= first.openTime }) ?? false else {
                kept[key] = before + candles
                continue
            }
            // Older ones than those that are there, or a second reading of the same.
            let merged = Dictionary((before + candles).map { ($0.openTime, $0) }, uniquingKeysWith: { _, new in new })
            kept[key] = merged.values.sorted { $0.openTime < $1.openTime }
        }
        return true
    }

    /// The last `count` that open no later than `newest`.
    func candles(_ key: CandleKey, upTo newest: Timestamp, count: Int) -> [Candle] {
        let all = kept[key] ?? []
        let end = all.lastIndex { $0.openTime <= newest }.map { $0 + 1 } ?? 0
        return Array(all[..<end].suffix(count))
    }

    private static func candle(_ fields: [String]) -> (CandleKey, Candle)? {
        guard fields.count == 7 || fields.count == 8, let symbol = Symbol(fields[0]) else { return nil }
        let timeframe = fields.count == 8 ? Timeframe(rawValue: fields[1]) : .h1, rest = fields.suffix(6)
        let numbers = rest.dropFirst().map { FixedDecimal($0) }
        guard let timeframe, let open = Int64(rest[rest.startIndex]), numbers.count == 5, let first = numbers[0].flatMap({ Price($0) }),
            let high = numbers[1].flatMap({ Price($0) }), let low = numbers[2].flatMap({ Price($0) }), let close = numbers[3].flatMap({ Price($0) }),
            let volume = numbers[4].flatMap({ Quantity($0) }),
            let candle = Candle(
                openTime: Timestamp(milliseconds: open), open: first, high: high, low: low, close: close, volume: volume)
        else { return nil }
        return (CandleKey(symbol, timeframe), candle)
    }
}
