// Every column of the catalogue equals TA-Lib row by row, warm-up included, on three real series.
import Market
import Testing

@Suite("Indicators against TA-Lib", .enabled(if: SharedData.isThere, "needs the reference data in ../shared"))
struct IndicatorTruthTests {
    /// Columns that TA-Lib does not have; their own tests name another source.
    static let beyondTALib: Set<Substring> = []

    @Test("each column agrees on each row the reference keeps", arguments: [("BTCUSDT-1h", 8_760.0), ("ETHUSDT-5m", 105_120), ("SPY-1d", 252)])
    func equal(_ name: String, _ candlesAYear: Double) throws {
        let truth = SharedData.table("data/truth/\(name).indicators.csv.gz"), header = try #require(truth.first)
        let candles = input(SharedData.table("data/\(name).csv.gz").dropFirst())
        var columns: [Substring: [Double]] = [:]
        for spec in IndicatorSpec.usual {
            for (name, column) in zip(spec.columnNames, spec.columns(of: candles)) { columns[name[...]] = column }
        }
        columns["rv_20_ann"] = columns["rv_20"]?.map { $0 * candlesAYear.squareRoot() }
        #expect(Set(header.dropFirst(7)).union(Self.beyondTALib) == Set(columns.keys))
        for (index, column) in header.enumerated().dropFirst(7) {
            let values = try #require(columns[column])
            let expected = truth.dropFirst().map { (row: Int($0[0])!, value: Double($0[index])) }
            let scale = expected.compactMap { $0.value?.magnitude }.max() ?? 0
            for (row, value) in expected {
                guard let value else {
                    #expect(values[row].isNaN, "\(column) row \(row) should have no value yet")
                    continue
                }
                let error = (values[row] - value).magnitude / max(value.magnitude, 1e-3 * scale)
                // A missing value is no number and not below anything.
                if !(error <= 1e-10) { Issue.record("\(column) row \(row): \(values[row]), TA-Lib \(value)") }
            }
        }
    }

    private func input(_ rows: some Collection<[Substring]>) -> IndicatorInput {
        func column(_ at: Int) -> [Double] { rows.map { Double($0[at])! } }
        return IndicatorInput(open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5))
    }
}

@Suite("Indicators at the edges")
struct IndicatorEdgeTests {
    @Test("on flat prices nothing divides by zero")
    func flat() {
        var rsi = RSI(14), atr = ATR(14), adx = ADX(14), bands = BollingerBands(), volatility = RealisedVolatility(20), roc = ROC(10)
        var last: [Double?] = []
        for _ in 0..<60 {
            last = [
                rsi.update(5), atr.update(high: 5, low: 5, close: 5), adx.update(high: 5, low: 5, close: 5)?.adx,
                bands.update(5)?.deviation, volatility.update(5), roc.update(5)
            ]
        }
        #expect(last == [50, 0, 0, 0, 0, 0])
    }

    @Test("only rises give RSI 100, only falls 0", arguments: [(1.0, 100.0), (-1.0, 0.0)])
    func oneWay(_ step: Double, _ expected: Double) {
        var rsi = RSI(14)
        var last: Double?
        for row in 0..<40 { last = rsi.update(100 + step * Double(row)) }
        #expect(last == expected)
    }
}
