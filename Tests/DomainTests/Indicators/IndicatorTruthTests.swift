// Every indicator equals TA-Lib row by row, warm-up included, on three real series.
import Domain
import Testing

@Suite("Indicators against TA-Lib", .enabled(if: SharedData.isThere, "needs the reference data in ../shared"))
struct IndicatorTruthTests {
    @Test("each column agrees on each row the reference keeps", arguments: ["BTCUSDT-1h", "ETHUSDT-5m", "SPY-1d"])
    func equal(_ name: String) throws {
        let truth = SharedData.table("data/truth/\(name).indicators.csv.gz")
        let header = try #require(truth.first)
        let columns = computed(SharedData.table("data/\(name).csv.gz").dropFirst())
        var compared = 0
        for (column, (values, tolerance)) in columns.sorted(by: { $0.key < $1.key }) {
            let index = try #require(header.firstIndex { $0 == column })
            for row in truth.dropFirst() {
                let at = try #require(Int(row[0]))
                guard let expected = Double(row[index]) else {
                    #expect(values[at] == nil, "\(column) row \(at) should have no value yet")
                    continue
                }
                let got = try #require(values[at], "\(column) row \(at) has no value")
                compared += 1
                if (got - expected).magnitude > tolerance * max(expected.magnitude, scale(column, row)) {
                    Issue.record("\(column) row \(at): \(got), TA-Lib \(expected)")
                }
            }
        }
        #expect(compared > 13_000)
    }

    /// A difference of two prices is compared on the scale of the price.
    private func scale(_ column: String, _ row: [Substring]) -> Double {
        column.hasPrefix("macd") ? Double(row[5]) ?? 0 : 0
    }

    private func computed(_ rows: some Collection<[Substring]>) -> [String: ([Double?], Double)] {
        var emas = [9, 21, 50, 200].map { EMA($0) }
        var sma = SMA(20), rsi = RSI(14), macd = MACD(), bands = BollingerBands(), atr = ATR(14)
        var adx = ADX(14), roc = ROC(10), volatility = RealisedVolatility(20)
        var out: [String: [Double?]] = [:]
        for row in rows {
            guard let high = Double(row[2]), let low = Double(row[3]), let close = Double(row[4]) else { continue }
            for (i, n) in [9, 21, 50, 200].enumerated() { out["ema_\(n)", default: []].append(emas[i].update(close)) }
            out["sma_20", default: []].append(sma.update(close))
            out["rsi_14", default: []].append(rsi.update(close))
            let m = macd.update(close)
            out["macd", default: []].append(m?.line)
            out["macd_signal", default: []].append(m?.signal)
            out["macd_hist", default: []].append(m?.histogram)
            let b = bands.update(close)
            out["bb_upper", default: []].append(b?.upper)
            out["bb_middle", default: []].append(b?.middle)
            out["bb_lower", default: []].append(b?.lower)
            out["atr_14", default: []].append(atr.update(high: high, low: low, close: close))
            let d = adx.update(high: high, low: low, close: close)
            out["plus_di_14", default: []].append(d?.plusDI)
            out["minus_di_14", default: []].append(d?.minusDI)
            out["adx_14", default: []].append(d?.adx)
            out["roc_10", default: []].append(roc.update(close))
            out["rv_20", default: []].append(volatility.update(close))
        }
        let loose: Set = ["bb_upper", "bb_lower"]
        let recursive: Set = ["ema_9", "ema_21", "ema_50", "ema_200", "rsi_14", "macd", "macd_signal", "macd_hist",
                              "atr_14", "plus_di_14", "minus_di_14", "adx_14"]
        return Dictionary(uniqueKeysWithValues: out.map { name, values in
            (name, (values, loose.contains(name) ? 1e-9 : recursive.contains(name) ? 1e-12 : 1e-11))
        })
    }
}

@Suite("Indicators at the edges")
struct IndicatorEdgeTests {
    @Test("on flat prices nothing divides by zero")
    func flat() {
        var rsi = RSI(14), atr = ATR(14), adx = ADX(14), bands = BollingerBands(), volatility = RealisedVolatility(20), roc = ROC(10)
        var last: [Double?] = []
        for _ in 0..<60 {
            last = [rsi.update(5), atr.update(high: 5, low: 5, close: 5), adx.update(high: 5, low: 5, close: 5)?.adx,
                    bands.update(5)?.deviation, volatility.update(5), roc.update(5)]
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
