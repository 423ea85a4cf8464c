// From inputs to the names a template knows: our own values as plain text, everything else as data blocks.
import Kernel
import Market

enum PromptContext {
    /// Plain values and switches, by variable name.
    static func values(_ inputs: PromptInputs) -> [String: any Sendable] {
        let rules = inputs.rules
        var values: [PromptVariable: any Sendable] = [
            .time: inputs.time.iso8601, .quote: inputs.quote.code, .count: String(inputs.instruments.count),
            .maximumPicks: "8", .feePercent: percent(rules.fee), .slippagePercent: percent(rules.slippage),
            .roundTripPercent: JSONValue.number(rules.roundTripPercent, places: 2).written(.prompt), .stopPercent: percent(rules.stop),
            .targetsPercent: rules.targets.map(percent).joined(separator: ", "), .horizonHours: String(rules.horizonHours),
            .hasNews: !inputs.news.isEmpty, .hasSentiment: inputs.sentiment != nil
        ]
        if let symbol = inputs.symbol { values[.symbol] = symbol.description }
        return Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
    }

    /// The data blocks a prompt lists, in the order of its inputs.
    static func blocks(_ inputs: PromptInputs, for variables: [PromptVariable], digest: ([UInt8]) -> String) -> [DataBlock] {
        variables.compactMap { variable in
            document(variable, inputs).map { DataBlock(variable.rawValue, $0, digest: digest) }
        }
    }

    private static func document(_ variable: PromptVariable, _ inputs: PromptInputs) -> JSONValue? {
        switch variable {
        case .instruments: .list(inputs.instruments.map(\.json))
        case .instrument: inputs.instruments.first?.json ?? .null
        case .candles: candles(inputs)
        case .news: .list(inputs.news.map(\.json))
        case .sentiment: inputs.sentiment.map { .fields([("fearAndGreed", .number(String($0)))]) } ?? .null
        default: nil
        }
    }

    private static func candles(_ inputs: PromptInputs) -> JSONValue {
        let rows = inputs.candles.map { candle in
            JSONValue.list(
                [.text(candle.openTime.iso8601)] + [candle.open, candle.high, candle.low, candle.close].map { .number($0.description) }
                    + [.number(candle.volume.description)])
        }
        return .fields([("columns", .list(["openTime", "open", "high", "low", "close", "volume"].map { .text($0) })), ("rows", .list(rows))])
    }

    /// A share as percent text without superfluous zeros.
    private static func percent(_ share: Ratio) -> String { share.value.times(FixedDecimal(100), rounding: .nearest).description }
}
