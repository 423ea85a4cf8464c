// `carillon candles` as a person has it: a history fetched, broken off, killed, damaged and brought back, and
// every way a command can be wrong.
import Glibc
import Kernel
import StrictJSON
import TestSupport
import Testing

@Suite("Candles")
struct CandlesTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// 2024-01-01T00:00:00Z and the first of February and March.
    private static let january: Int64 = 1_704_067_200_000, february: Int64 = 1_706_745_600_000, march: Int64 = 1_709_251_200_000
    private var store: String { bench.home("store") }
    private var files: [String] { Files.all(below: store).filter { $0.hasSuffix(".candles") } }

    private func candles(_ arguments: String..., at folder: String? = nil) async throws -> Ended {
        try await bench.run(["candles"] + arguments + ["--store", folder ?? store])
    }

    private func backfill(_ venue: FakeKlines, at folder: String? = nil, _ more: String...) async throws -> Ended {
        try await bench.run(
            [
                "candles", "backfill", "--symbols", "BTCUSDT", "--interval", "1h", "--from", "2024-01", "--to", "2024-04", "--address", venue.url,
                "--store", folder ?? store
            ] + more)
    }

    private func write(_ name: String, rows: Int, every step: Int64 = FakeKlines.hour) -> String {
        bench.write(name, (0..<rows).map { "\(Self.january + Int64($0) * step),100,101,99,100.5,\($0 % 7)\n" }.joined())
    }

    @Test("a history is fetched month by month and told, and a second run asks for nothing")
    func whole() async throws {
        let venue = try FakeKlines(missing: { $0 == Self.january + 5 * FakeKlines.hour })
        let first = try await backfill(venue)
        #expect(first.way == .exit(0) && first.error.isEmpty, "\(first)")
        #expect(
            Set(first.out.split(separator: "\n")) == [
                "BTC/USDT 1h 2024-01: 743 candles, 1 missing at the exchange", "BTC/USDT 1h 2024-02: 696 candles", "BTC/USDT 1h 2024-03: 744 candles",
                "BTC/USDT 1h 2024-04: 720 candles", "2,903 candles in 4 months · 1 missing at the exchange"
            ])
        let asked = venue.questions.count
        let second = try await backfill(venue, "--json")
        #expect(second.way == .exit(0) && venue.questions.count == asked)
        #expect(try JSONValue(parsing: second.out)["alreadyThere"].int == 4)
        let list = try JSONValue(parsing: try await candles("list", "--json").out)["series"].array
        #expect(
            try list.count == 1 && list[0]["candles"].int == 2_903 && list[0]["missing"].int == 1 && list[0]["from"].string == "2024-01-01T00:00:00Z")
        let gaps = try await candles("gaps")
        #expect(
            gaps.out == """
                1 candle missing in 1 of 4 months
                BTC/USDT 2024-01 1h: 1 of 744 missing
                  2024-01-01T05:00:00Z to 2024-01-01T06:00:00Z  1 candle

                """)
    }

    @Test("an exchange that is busy, broken or cut off for a moment costs nothing but a wait")
    func faults() async throws {
        let venue = try FakeKlines(fault: { number, _ in
            switch number {
            case 1: .json("{\"code\":-1003,\"msg\":\"Too many requests.\"}", status: 429, headers: [("Retry-After-Ms", "40")])
            case 3: .json("{}", status: 500)
            case 4: .html("<html>", status: 502)
            case 5: .hangUp
            default: nil
            }
        })
        let ended = try await backfill(venue, "--json")
        #expect(ended.way == .exit(0), "\(ended)")
        #expect(try JSONValue(parsing: ended.out)["candles"].int == 2_904)
    }

    @Test("killed between months, the same command goes on where it was and ends with the same files")
    func killed() async throws {
        let whole = bench.home("whole")
        _ = try await backfill(try FakeKlines(), at: whole)
        let stuck = try FakeKlines(fault: { _, question in question.start >= Self.march ? .silence : nil })
        let ended = try await Gate.processes.through {
            let child = try bench.start([
                "candles", "backfill", "--symbols", "BTCUSDT", "--interval", "1h", "--from", "2024-01", "--to", "2024-04", "--address", stuck.url,
                "--store", store
            ])
            while files.count < 2, !child.ends(within: 20) {}
            child.signal(SIGKILL)
            return child.wait(seconds: Bench.limit)
        }
        #expect(ended.way == .signal(SIGKILL) && files.count == 2)
        #expect(try await candles("verify").way == .exit(0))
        let again = try FakeKlines()
        let second = try await backfill(again)
        #expect(second.way == .exit(0), "\(second)")
        #expect(again.questions.allSatisfy { $0.start >= Self.march } && again.questions.count == 2)
        #expect(files.count == 4 && files.allSatisfy { Files.same($0.replacing(store, with: whole), Files.bytes($0)) })
    }

    @Test("a ban ends it with 69, what was committed stays, and the next run is silent until it is over")
    func ban() async throws {
        let venue = try FakeKlines(fault: { number, _ in
            number == 1 ? nil : .json("{\"code\":-1003,\"msg\":\"banned\"}", status: 418, headers: [("Retry-After", "600")])
        })
        let first = try await backfill(venue)
        #expect(first.way == .exit(69) && first.error.contains("run it again to go on, what was committed stays (exit 69)"), "\(first)")
        #expect(first.error.contains("banned until"))
        let asked = venue.questions.count
        let second = try await backfill(venue)
        #expect(second.way == .exit(69) && venue.questions.count == asked)
    }

    @Test("a pair the exchange does not know is told with 69; the other one has its history")
    func unknownPair() async throws {
        let venue = try FakeKlines()
        let ended = try await bench.run([
            "candles", "backfill", "--symbols", "BTCUSDT,XYZ/USDT", "--interval", "1h", "--from", "2024-01", "--to", "2024-02", "--address",
            venue.url, "--store", store
        ])
        #expect(ended.way == .exit(69) && ended.firstError.hasPrefix("carillon: XYZ/USDT 2024-0"), "\(ended)")
        #expect(files.count == 2 && files.allSatisfy { $0.contains("/BTC-USDT/1h/") })
    }

    @Test("a damaged block is named with 65, refused, and brought back by a repair from the exchange or from a file", arguments: [true, false])
    func damaged(fromFile: Bool) async throws {
        let file = write("BTCUSDT-1h.csv", rows: 1_500)
        #expect(try await candles("import", file).way == .exit(0))
        let path = store + "/BTC-USDT/1h/2024-02.candles", sound = try #require(Files.bytes(path))
        var broken = sound
        broken[broken.count - 20] ^= 1
        Files.write(broken, to: path)
        let verify = try await candles("verify")
        #expect(verify.way == .exit(65))
        #expect(
            verify.out.hasPrefix("BTC-USDT/1h/2024-02.candles block 0, 2024-02-01T00:00:00Z to 2024-03-01T00:00:00Z: its checksum is wrong\n"),
            "\(verify)")
        #expect(try JSONValue(parsing: try await candles("verify", "--json").out)["damaged"].array[0]["block"].int == 0)
        let refused = try await candles("import", file)
        #expect(
            refused.way == .exit(65) && refused.firstError.hasPrefix("carillon: damaged: BTC-USDT/1h/2024-02.candles block 0")
                && Files.same(path, broken), "\(refused)")
        let venue = try FakeKlines()
        let repair = try await fromFile ? candles("repair", file) : candles("repair", "--address", venue.url)
        #expect(repair.way == .exit(0) && repair.out == "696 of 696 candles found, 0 left\n", "\(repair)")
        #expect(fromFile ? Files.same(path, sound) : venue.questions.count == 1)
        #expect(try await candles("verify").way == .exit(0))
    }

    @Test(
        "a disk that is full or fails ends it with 74, and what was committed before stays",
        .enabled(if: FailingDisk.compiler != nil, "no C compiler here"),
        arguments: [("write", ENOSPC, "the disk is full at"), ("sync", EIO, "Input/output error; what was committed before is whole")])
    func F066_failingDisk(call: String, number: Int32, words: String) async throws {
        let file = write("BTCUSDT-1h.csv", rows: 1_500), disk = try await FailingDisk(bench)
        let ended = try await bench.run(
            ["candles", "import", file, "--store", store], disk.variables(call, on: ".2024-02.candles.new", with: number, as: file))
        #expect(ended.way == .exit(74) && ended.firstError.contains(words), "\(ended)")
        #expect(files == [store + "/BTC-USDT/1h/2024-01.candles"] && !disk.failed.isEmpty)
        #expect(try await candles("verify").way == .exit(0))
        #expect(try await candles("import", file).way == .exit(0) && files.count == 3)
    }

    @Test("a second writer ends with 75, a reader does not")
    func lock() async throws {
        let file = write("BTCUSDT-1h.csv", rows: 10)
        #expect(try await candles("import", file).way == .exit(0))
        let lock = open(store + "/.lock", O_RDWR | O_CLOEXEC)
        try #require(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
        defer { close(lock) }
        let ended = try await candles("import", file)
        #expect(
            ended.way == .exit(75)
                && ended.firstError == "carillon: another carillon candles is writing to \(store); try again when it is done (exit 75)")
        #expect(try await candles("list").way == .exit(0))
    }

    @Test("a folder of something else is left alone with 73")
    func otherFolder() async throws {
        mkdir(store, 0o700)
        Files.write(Array("dear".utf8), to: store + "/letter.txt")
        let ended = try await candles("import", write("BTCUSDT-1h.csv", rows: 5))
        #expect(ended.way == .exit(73) && Files.all(below: store) == [store + "/letter.txt"], "\(ended)")
    }

    @Test(
        "without --store candles lie in the XDG data folder",
        .enabled(if: access("/var/lib/carillon", F_OK) != 0, "an installed carillon has its own place"))
    func place() async throws {
        let file = write("BTCUSDT-1h.csv", rows: 5)
        let data = bench.home("data")
        #expect(try await bench.run(["candles", "import", file], ["XDG_DATA_HOME": data]).way == .exit(0))
        #expect(Files.exists(data + "/carillon/candles/BTC-USDT/1h/2024-01.candles"))
    }
}
