// One writer at a time, and a folder that is never left between two states.
import Kernel
import Market
import Testing

@testable import CandleStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("Candle store: writing")
struct WriterTests {
    let bench = StoreBench()

    @Test("a second writer is told so, a reader is not kept out, and the lock goes with the writer")
    func twoWriters() throws {
        do {
            let first = try bench.writer()
            _ = try first.commit(made(.h1, 5, from: january.start), of: btc, .h1, in: january)
            #expect(throws: CandleStoreError.busy(bench.store)) { try bench.writer() }
            #expect(try bench.reader().candles(btc, .h1).count == 5)
            _ = first
        }
        _ = try bench.writer()
    }

    @Test("what a killed writer left half written is no part of the store and is written over")
    func leftover() throws {
        let candles = made(.h1, 5, from: january.start)
        _ = try bench.writer().commit(candles, of: btc, .h1, in: january)
        let whole = bench.bytes("store/BTC-USDT/1h/2024-01.candles")
        bench.write("store/BTC-USDT/1h/.2024-01.candles.new", whole[..<40])
        bench.write("store/BTC-USDT/1h/.2024-02.candles.new", whole[..<40])
        #expect(try bench.reader().candles(btc, .h1) == candles)
        #expect(try bench.reader().verify().files == 1)
        _ = try bench.writer().commit(made(.h1, 9, from: january.start), of: btc, .h1, in: january)
        #expect(try bench.reader().candles(btc, .h1).count == 9)
        #expect(!bench.files().contains("store/BTC-USDT/1h/.2024-01.candles.new"))
    }

    @Test("a folder with something else in it is not made a store, and an empty one is")
    func otherFolder() throws {
        mkdir(bench.store, 0o755)
        bench.write("store/letter.txt", Array("dear".utf8))
        #expect(throws: CandleStoreError.notAStore(bench.store)) { try bench.writer() }
        #expect(throws: CandleStoreError.notAStore(bench.store)) { try bench.reader() }
        #expect(throws: CandleStoreError.noStore(bench.folder + "/nothing")) { try CandleStore(bench.folder + "/nothing") }
        unlink(bench.store + "/letter.txt")
        _ = try bench.writer()
        #expect(try bench.reader().symbols().isEmpty)
    }

    @Test("a disk that is full leaves what was committed and says so", .enabled(if: access("/dev/full", W_OK) == 0))
    func fullDisk() throws {
        let candles = made(.h1, 5, from: january.start)
        _ = try bench.writer().commit(candles, of: btc, .h1, in: january)
        // The file beside, which the writer makes first, is a device that is always full: the writer does not follow links.
        symlink("/dev/full", bench.store + "/BTC-USDT/1h/.2024-01.candles.new")
        #expect(throws: CandleStoreError.self) { try bench.writer().commit(made(.h1, 9, from: january.start), of: btc, .h1, in: january) }
        #expect(try bench.reader().candles(btc, .h1) == candles)
    }
}
