// A store on a bad disk: whatever byte is wrong, nothing false is read, the place is named, and what is sound
// stays readable.
import Kernel
import Market
import Testing

@testable import CandleStore

@Suite("Candle store: damage")
struct DamageTests {
    private static let file = "store/BTC-USDT/1m/2024-01.candles"

    private func written(_ count: Int, gaps: Set<Int> = []) throws -> (StoreBench, [Candle]) {
        let bench = StoreBench(), candles = made(.m1, count, from: january.start, gaps: gaps)
        _ = try bench.writer().commit(candles, of: btc, .m1, in: january)
        return (bench, candles)
    }

    @Test("a change of any byte of a file is found", arguments: [(UInt8(1), false), (0x80, true), (0xFF, false)])
    func everyByte(flip: UInt8, gaps: Bool) throws {
        let (bench, _) = try written(60, gaps: gaps ? [7, 8, 30] : [])
        let whole = bench.bytes(Self.file), store = try bench.reader()
        for at in whole.indices {
            var broken = whole
            broken[at] ^= flip
            bench.write(Self.file, broken)
            #expect(throws: CandleStoreError.self, "byte \(at) of \(whole.count)") { try store.columns(btc, .m1) }
            let verification = try store.verify()
            #expect(verification.damages.count + verification.newer.count == 1, "byte \(at)")
        }
    }

    @Test("a file cut off at any place, or longer than it was, is found")
    func everyLength() throws {
        let (bench, _) = try written(40)
        let whole = bench.bytes(Self.file), store = try bench.reader()
        for length in whole.indices {
            bench.write(Self.file, whole[..<length])
            #expect(throws: CandleStoreError.self, "\(length) of \(whole.count)") { try store.candles(btc, .m1) }
        }
        bench.write(Self.file, whole + [0])
        #expect(throws: CandleStoreError.self) { try store.candles(btc, .m1) }
    }

    @Test("a damaged block is named with its file and span, refused on read, and the other blocks are given out")
    func oneBlock() throws {
        let (bench, candles) = try written(5_000)
        var broken = bench.bytes(Self.file)
        let store = try bench.reader()
        let head = try #require(try MonthFile(MonthKey(symbol: btc, timeframe: .m1, month: january), in: bench.store))
        broken[head.blocks[1].offset + 100] ^= 4
        bench.write(Self.file, broken)
        let damage = StoreDamage(
            file: "BTC-USDT/1m/2024-01.candles", block: 1, from: january.start + .minutes(2_048), to: january.start + .minutes(4_096),
            reason: "its checksum is wrong")
        #expect(throws: CandleStoreError.damaged([damage])) { try store.columns(btc, .m1) }
        #expect(throws: CandleStoreError.damaged([damage])) { try store.candles(btc, .h1) }
        #expect(try store.verify().damages == [damage])
        #expect("\(damage)" == "BTC-USDT/1m/2024-01.candles block 1, 2024-01-02T10:08:00Z to 2024-01-03T20:16:00Z: its checksum is wrong")
        #expect(try store.candles(btc, .m1, to: damage.from) == Array(candles[..<2_048]))
        #expect(try store.candles(btc, .m1, from: damage.to) == Array(candles[4_096...]))
        #expect(try store.gaps(of: btc).flatMap(\.gaps) == [Gap(from: damage.from, to: damage.to, candles: 2_048, kind: .damaged)])
    }

    @Test("numbers no market has are refused even under a right checksum")
    func absurdButSigned() throws {
        let bench = StoreBench()
        _ = try bench.writer()
        func store(_ change: (inout MonthRows) -> Void) throws {
            var rows = try MonthRows(made(.m1, 3, from: january.start, volumePlaces: 0), of: btc, .m1, in: january)
            change(&rows)
            try AtomicFile.write(MonthEncoder.bytes(rows, of: btc), "2024-01.candles", in: "BTC-USDT/1m", below: bench.store)
        }
        let changes: [(inout MonthRows) -> Void] = [
            { $0.low[1] = 0 }, { $0.low[1] = -5 }, { $0.volume[2] = -1 }, { $0.high[0] = .max / 2 }, { $0.volume[0] = .max },
            { $0.high[1] = $0.low[1] }, { $0.slots[2] = 1 }
        ]
        try store { _ in }
        #expect(try bench.reader().candles(btc, .m1).count == 3)
        for (number, change) in changes.enumerated() {
            try store(change)
            #expect(throws: CandleStoreError.self, "change \(number)") { try bench.reader().columns(btc, .m1) }
        }
    }

    @Test("a file in another's place is damaged, one of a later version is told apart")
    func elsewhere() throws {
        let (bench, _) = try written(50)
        let whole = bench.bytes(Self.file)
        _ = try bench.writer().commit(made(.m1, 5, from: Month("2024-02")!.start), of: btc, .m1, in: Month("2024-02")!)
        bench.write("store/BTC-USDT/1m/2024-02.candles", whole)
        let damages = try bench.reader().verify().damages
        #expect(damages.map(\.reason) == ["it holds other candles than its name says"])
        #expect(damages.first?.from == Month("2024-02")!.start)
        var later = whole
        later[8] = 2
        bench.write("store/BTC-USDT/1m/2024-02.candles", later)
        #expect(try bench.reader().verify().newer == ["BTC-USDT/1m/2024-02.candles"])
        #expect(throws: CandleStoreError.newer(file: "BTC-USDT/1m/2024-02.candles", version: 2)) { try bench.reader().candles(btc, .m1) }
    }

    @Test("writing over a damaged block is refused, but for a repair that brings as many candles as it held")
    func repairs() throws {
        let (bench, candles) = try written(3_000)
        let whole = bench.bytes(Self.file)
        var broken = whole
        broken[broken.count - 9] ^= 1
        bench.write(Self.file, broken)
        let writer = try bench.writer(), rows = try MonthRows(candles, of: btc, .m1, in: january)
        #expect(throws: CandleStoreError.self) { try writer.commit(candles, of: btc, .m1, in: january) }
        #expect(throws: CandleStoreError.self) { try writer.commit(rows.filtered { $0 < 2_999 }, of: btc, repairing: true) }
        #expect(bench.bytes(Self.file) == broken)
        let commit = try writer.commit(rows.filtered { $0 >= 2_048 }, of: btc, repairing: true)
        #expect(commit.added == 952)
        #expect(bench.bytes(Self.file) == whole)
    }
}
