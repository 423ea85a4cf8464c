// The text of a spec and back, what is refused and why, and the names of columns.
import Market
import Testing

@Suite("Indicator specs")
struct IndicatorSpecTests {
    @Test("the usual specs have the columns of the reference data and survive their text")
    func usual() throws {
        let text =
            "rsi:14,ema:9,ema:21,ema:50,ema:200,sma:20,macd:12:26:9,bollinger:20:2,atr:14,adx:14,di:14,stochastic:14:3:3,obv,mfi:14,cci:20,"
            + "williams:14,roc:10,volatility:20"
        let specs = try IndicatorSpec.list(text)
        #expect(specs == IndicatorSpec.usual)
        #expect(specs.map(\.description).joined(separator: ",") == text)
        #expect(
            specs.flatMap(\.columnNames) == [
                "rsi_14", "ema_9", "ema_21", "ema_50", "ema_200", "sma_20", "macd", "macd_signal", "macd_hist", "bb_upper", "bb_middle", "bb_lower",
                "atr_14",
                "adx_14", "plus_di_14", "minus_di_14", "stoch_k", "stoch_d", "obv", "mfi_14", "cci_20", "willr_14", "roc_10", "rv_20"
            ])
        #expect(
            IndicatorSpec.names == [
                "rsi", "ema", "sma", "macd", "bollinger", "atr", "adx", "di", "stochastic", "obv", "mfi", "cci", "williams", "roc", "volatility"
            ])
    }

    @Test(
        "other numbers give other columns",
        arguments: [
            ("macd:5:35:5", ["macd_5_35_5", "macd_signal_5_35_5", "macd_hist_5_35_5"]),
            ("bollinger:20:2.5", ["bb_upper_20_2.5", "bb_middle_20_2.5", "bb_lower_20_2.5"]),
            ("bollinger:10:2", ["bb_upper_10_2", "bb_middle_10_2", "bb_lower_10_2"]), ("stochastic:5:1:1", ["stoch_k_5_1_1", "stoch_d_5_1_1"]),
            ("rsi:2", ["rsi_2"]), ("bollinger:20:2.0", ["bb_upper", "bb_middle", "bb_lower"])
        ])
    func columns(_ text: String, _ names: [String]) throws {
        #expect(try IndicatorSpec(text).columnNames == names)
    }

    @Test(
        "what is no spec is refused with what is wrong",
        arguments: [
            ("rsi", "'rsi' has not the form of rsi:14"), ("rsi:14:2", "'rsi:14:2' has not the form of rsi:14"),
            ("obv:1", "'obv:1' has not the form of obv"),
            ("rsi:0", "'0' in 'rsi:0' is no whole number from 1 to 100000"),
            ("rsi:100001", "'100001' in 'rsi:100001' is no whole number from 1 to 100000"),
            ("rsi:-1", "'-1' in 'rsi:-1' is no whole number from 1 to 100000"), ("ema:9.5", "'9.5' in 'ema:9.5' is no whole number from 1 to 100000"),
            ("ema:", "'' in 'ema:' is no whole number from 1 to 100000"), ("ema: 9", "' 9' in 'ema: 9' is no whole number from 1 to 100000"),
            ("ema:99999999999999999999", "'99999999999999999999' in 'ema:99999999999999999999' is no whole number from 1 to 100000"),
            ("adx:1", "'1' in 'adx:1' is no whole number from 2 to 100000"),
            ("volatility:1", "'1' in 'volatility:1' is no whole number from 2 to 100000"),
            ("bollinger:20:0", "'0' in 'bollinger:20:0' is no number from 0.01 to 100"),
            ("bollinger:20:inf", "'inf' in 'bollinger:20:inf' is no number from 0.01 to 100"),
            ("bollinger:20:0x2", "'0x2' in 'bollinger:20:0x2' is no number from 0.01 to 100"),
            ("bollinger:20:.", "'.' in 'bollinger:20:.' is no number from 0.01 to 100"),
            ("macd:26:12:9", "'macd:26:12:9': the fast period must be below the slow one, as in macd:12:26:9"),
            ("macd:12:12:9", "'macd:12:12:9': the fast period must be below the slow one, as in macd:12:26:9"),
            ("stochastc:14:3:3", "no indicator 'stochastc'. Did you mean 'stochastic'? There are " + IndicatorSpec.names.joined(separator: " ")),
            ("RSI:14", "no indicator 'RSI'. Did you mean 'rsi'? There are " + IndicatorSpec.names.joined(separator: " ")),
            ("zigzagzigzag:3", "no indicator 'zigzagzigzag'. There are " + IndicatorSpec.names.joined(separator: " ")),
            ("rsi:14,ema:9,rsi:14", "'rsi:14' stands twice"), ("rsi:14,rsi:014", "'rsi:014' stands twice"),
            ("", "an indicator is missing; an example is rsi:14,ema:9"), ("rsi:14,", "an indicator is missing; an example is rsi:14,ema:9")
        ])
    func refused(_ text: String, _ reason: String) {
        let error = #expect(throws: IndicatorSpecError.self) { try IndicatorSpec.list(text) }
        #expect(error?.description == reason)
    }

    @Test("different specs never share a column, and a text gives its spec back")
    func collisions() throws {
        let numbers = [2, 3, 9, 12, 14, 20, 26], widths = [0.01, 1, 2, 2.5, 20, 100]
        var specs: Set<IndicatorSpec> = [.obv]
        for n in numbers {
            for spec in [IndicatorSpec.rsi(n), .ema(n), .sma(n), .atr(n), .adx(n), .di(n), .mfi(n), .cci(n), .williams(n), .roc(n), .volatility(n)] {
                specs.insert(spec)
            }
            for width in widths { specs.insert(.bollinger(n, width: width)) }
            for m in numbers {
                for o in numbers {
                    specs.insert(.stochastic(k: n, slowing: m, d: o))
                    if n < m { specs.insert(.macd(fast: n, slow: m, signal: o)) }
                }
            }
        }
        let names = specs.flatMap(\.columnNames)
        #expect(Set(names).count == names.count)
        for spec in specs { #expect(try IndicatorSpec(spec.description) == spec) }
    }
}
