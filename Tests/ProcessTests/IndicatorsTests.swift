// `carillon indicators` as a process: its CSV, and what it says of a wrong set or a wrong file.
import Glibc
import TestSupport
import Testing

@Suite("Indicators")
struct IndicatorsTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// Two hours are missing after the second.
    private static let four = """
        open_time_ms,open,high,low,close,volume
        1704067200000,10,11,9,10,5
        1704070800000,10,13,10,12,3.5
        1704081600000,12,14,10,11.5,4
        1704085200000,11.5,12,6,9,0.00000001

        """

    @Test("one row a candle, empty where there is no value yet, numbers that read back; gaps stay gaps")
    func csv() async throws {
        let file = bench.write("BTCUSDT-1h.csv", Self.four)
        let ended = try await bench.run(["indicators", file, "--set", "ema:2,obv,bollinger:2:1,stochastic:2:1:2"])
        #expect(ended.way == .exit(0) && ended.error.isEmpty, "\(ended)")
        #expect(
            ended.out == """
                open_time_ms,ema_2,obv,bb_upper_2_1,bb_middle_2_1,bb_lower_2_1,stoch_k_2_1_2,stoch_d_2_1_2
                1704067200000,,5.0,,,,,
                1704070800000,11.0,8.5,12.0,11.0,10.0,,
                1704081600000,11.333333333333334,4.5,12.0,11.75,11.5,37.5,56.25
                1704085200000,9.777777777777779,4.49999999,11.5,10.25,9.0,37.5,37.5

                """)
    }

    @Test("without a set come all indicators in the order of the reference data")
    func usual() async throws {
        let ended = try await bench.run(["indicators", bench.write("anything.csv", Self.four)])
        #expect(ended.way == .exit(0) && ended.out.split(separator: "\n").count == 5)
        #expect(
            ended.out.hasPrefix(
                "open_time_ms,rsi_14,ema_9,ema_21,ema_50,ema_200,sma_20,macd,macd_signal,macd_hist,bb_upper,bb_middle,bb_lower,atr_14,adx_14,"
                    + "plus_di_14,minus_di_14,stoch_k,stoch_d,obv,mfi_14,cci_20,willr_14,roc_10,rv_20\n"), "\(ended.out)")
    }

    @Test(
        "a wrong command line ends with 64, a wrong file with 65 and its line, and nothing is printed",
        arguments: [
            (["--set", "rs:14"], 64, "Error: --set: no indicator 'rs'. Did you mean 'rsi'? There are rsi ema "),
            (["--set", "macd:26:12:9"], 64, "Error: --set: 'macd:26:12:9': the fast period must be below the slow one"),
            (["--set", "rsi:14", "--bench"], 64, "Error: --bench brings its own rows and indicators"),
            (["--set", "rsi:14"], 65, "carillon: odd-1h.csv:3: close is not an exact number (exit 65)")
        ] as [([String], Int32, String)])
    func refused(_ arguments: [String], _ code: Int32, _ line: String) async throws {
        let file = bench.write("odd-1h.csv", Self.four.replacing("10,12,3.5", with: "10,x,3.5"))
        let ended = try await bench.run(["indicators", file] + arguments)
        #expect(ended.way == .exit(code) && ended.out.isEmpty, "\(ended)")
        #expect(ended.firstError.hasPrefix(line), "\(ended.error)")
    }

    @Test("no file at all is told with an example, a missing one by its name")
    func missing() async throws {
        let none = try await bench.run(["indicators"])
        #expect(none.way == .exit(64) && none.firstError == "Error: name a candle file, e.g. carillon indicators BTCUSDT-1h.csv.gz --set rsi:14")
        let nowhere = try await bench.run(["indicators", "nowhere.csv"])
        #expect(nowhere.way == .exit(66) && nowhere.firstError == "carillon: cannot read nowhere.csv: No such file or directory (exit 66)")
    }

    @Test("an output that takes no more is a failure, not a short table")
    func fullDisk() async throws {
        let file = bench.write("a.csv", Self.four)
        let ended = try await bench.run(["indicators", file], wrapper: ["/bin/sh", "-c", "exec \"$0\" \"$@\" > /dev/full"])
        #expect(ended.way == .exit(74) && ended.firstError.hasPrefix("carillon: standard output cannot be written: "), "\(ended)")
    }
}
