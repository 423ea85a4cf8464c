// A store of its own for each test, gone when the test is, with candles made from a seed.
import CZlib
import Kernel
import Market

@testable import CandleStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

let btc = Symbol("BTC/USDT")!
let january = Month("2024-01")!

final class StoreBench {
    let folder: String
    var store: String { folder + "/store" }

    init() {
        var template = Array("/tmp/carillon-store-XXXXXX".utf8CString)
        folder = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "" }
    }

    deinit { Self.remove(folder) }

    func writer() throws -> CandleStoreWriter { try CandleStoreWriter(store) }
    func reader() throws -> CandleStore { try CandleStore(store) }

    func write(_ name: String, _ bytes: some Sequence<UInt8>) {
        guard let file = fopen(folder + "/" + name, "w") else { return }
        let all = Array(bytes)
        fwrite(all, 1, all.count, file)
        fclose(file)
    }

    func bytes(_ name: String) -> [UInt8] {
        guard let file = fopen(folder + "/" + name, "r") else { return [] }
        defer { fclose(file) }
        var all: [UInt8] = [], part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&part, 1, part.count, file), count > 0 { all += part[..<count] }
        return all
    }

    /// Names of all files below a folder of the store, in order.
    func files(_ below: String = "store") -> [String] {
        guard let listing = opendir(folder + "/" + below) else { return [] }
        defer { closedir(listing) }
        var found: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name == "." || name == ".." { continue }
            found += entry.pointee.d_type == UInt8(DT_DIR) ? files("\(below)/\(name)") : ["\(below)/\(name)"]
        }
        return found.sorted()
    }

    private static func remove(_ path: String) {
        if let listing = opendir(path) {
            while let entry = readdir(listing) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(listing)
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}

/// Candles that open every `timeframe` from `start` on, but for the positions in `gaps`.
func made(
    _ timeframe: Timeframe, _ count: Int, from start: Timestamp, seed: UInt64 = 1, pricePlaces: Int = 2, volumePlaces: Int = 5, gaps: Set<Int> = []
) -> [Candle] {
    var generator = SplitMix64(seed: seed)
    let tick = FixedDecimal.unit(places: pricePlaces).raw, lot = FixedDecimal.unit(places: volumePlaces).raw
    var price = Int128.random(in: 10_000...5_000_000, using: &generator)
    return (0..<count).compactMap { index in
        let open = price, close = max(2, open + Int128.random(in: -900...900, using: &generator))
        let high = max(open, close) + Int128.random(in: 0...300, using: &generator),
            low = max(1, min(open, close) - Int128.random(in: 0...300, using: &generator))
        price = close
        guard !gaps.contains(index), let o = Price(FixedDecimal(raw: open * tick)), let h = Price(FixedDecimal(raw: high * tick)),
            let l = Price(FixedDecimal(raw: low * tick)),
            let c = Price(FixedDecimal(raw: close * tick)),
            let v = Quantity(FixedDecimal(raw: Int128.random(in: 0...90_000_000, using: &generator) * lot))
        else { return nil }
        return Candle(openTime: start + timeframe.duration * index, open: o, high: h, low: l, close: c, volume: v)
    }
}

extension Timestamp {
    init(_ text: StaticString) { self = Timestamp(iso8601: text.description)! }
}

/// The Double a number's text parses to.
func nearest(_ number: FixedDecimal) -> Double { Double(number.description)! }

/// Coarse candles out of exact ones, as the definition says.
func summed(_ candles: [Candle], _ fine: Timeframe, to coarse: Timeframe) -> [Candle] {
    let needed = Int(coarse.duration.milliseconds / fine.duration.milliseconds)
    return Dictionary(grouping: candles) { $0.openTime.floored(to: coarse.duration) }.filter { $1.count == needed }.sorted { $0.key < $1.key }
        .compactMap { start, parts in
            let volume = parts.reduce(FixedDecimal.zero) { $0 + $1.volume.value }
            return Candle(
                openTime: start, open: parts[0].open, high: parts.map(\.high).max()!, low: parts.map(\.low).min()!, close: parts[needed - 1].close,
                volume: Quantity(volume)!)
        }
}
