// Known answers small enough to check by hand, and the row on which each indicator first speaks.
import Kernel
import Market
import Testing

@Suite("Indicators by hand")
struct IndicatorWarmUpTests {
    /// The row of the first value on a seeded walk.
    private func firstRow(_ update: (Candle) -> Bool) -> Int? {
        walk(seed: 8, count: 300).firstIndex(where: update)
    }

    @Test("each speaks first on TA-Lib's row")
    func firstRows() {
        var sma = SMA(20), ema = EMA(50), rsi = RSI(14), atr = ATR(14), macd = MACD(), bands = BollingerBands()
        var direction = ADX(14), strength = ADX(14), roc = ROC(10), volatility = RealisedVolatility(20)
        #expect(firstRow { sma.update($0.close.double) != nil } == 19)
        #expect(firstRow { ema.update($0.close.double) != nil } == 49)
        #expect(firstRow { rsi.update($0.close.double) != nil } == 14)
        #expect(firstRow { atr.update(high: $0.high.double, low: $0.low.double, close: $0.close.double) != nil } == 14)
        #expect(firstRow { macd.update($0.close.double) != nil } == 33)
        #expect(firstRow { bands.update($0.close.double) != nil } == 19)
        #expect(firstRow { direction.update(high: $0.high.double, low: $0.low.double, close: $0.close.double) != nil } == 14)
        #expect(firstRow { strength.update(high: $0.high.double, low: $0.low.double, close: $0.close.double)?.adx != nil } == 27)
        #expect(firstRow { roc.update($0.close.double) != nil } == 10)
        #expect(firstRow { volatility.update($0.close.double) != nil } == 20)
    }

    @Test("simple numbers give the answers of pen and paper")
    func byHand() {
        var sma = SMA(3), ema = EMA(3), roc = ROC(2), bands = BollingerBands(4), atr = ATR(2), rsi = RSI(2)
        let closes = [2.0, 4, 6, 8, 2]
        let means: [Double?] = [nil, nil, 4, 6, 16 / 3], averages: [Double?] = [nil, nil, 4, 6, 4]
        let fall: Double = -400.0 / 6
        let changes: [Double?] = [nil, nil, 200, 100, fall]
        #expect(closes.map { sma.update($0) } == means)
        #expect(closes.map { ema.update($0) } == averages)
        #expect(closes.map { roc.update($0) } == changes)
        let band = closes.prefix(4).map { bands.update($0) }.last ?? nil
        #expect(band?.middle == 5)
        #expect(band?.upper == 5 + 2 * 5.0.squareRoot())
        // True ranges 3, 4 and, after a gap down, 9.
        let bars: [(Double, Double, Double)] = [(11, 9, 10), (13, 10, 12), (14, 10, 14), (6, 5, 5)]
        let ranges: [Double?] = [nil, nil, 3.5, 6.25]
        #expect(bars.map { atr.update(high: $0.0, low: $0.1, close: $0.2) } == ranges)
        // Gains 2 then 0, losses 0 then 1: 1 / (1 + 0.5); then a rise of 3: 2 / (2 + 0.25).
        let strengths: [Double?] = [nil, nil, 100 / 1.5, 200 / 2.25]
        #expect([10.0, 12, 11, 14].map { rsi.update($0) } == strengths)
    }
}
