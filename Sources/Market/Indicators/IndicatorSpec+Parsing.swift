// From text such as `rsi:14` or `macd:12:26:9` to a spec. A doubtful text is refused.
import Kernel

extension IndicatorSpec {
    public static let periods = 1...100_000
    public static let widths = 0.01...100

    /// Every indicator with its usual numbers: the order of help texts and of the reference data.
    public static let usual: [IndicatorSpec] = [
        .rsi(14), .ema(9), .ema(21), .ema(50), .ema(200), .sma(20), .macd(fast: 12, slow: 26, signal: 9), .bollinger(20, width: 2), .atr(14),
        .adx(14),
        .di(14), .stochastic(k: 14, slowing: 3, d: 3), .obv, .mfi(14), .cci(20), .williams(14), .roc(10), .volatility(20)
    ]

    /// The name of every indicator, each once.
    public static let names: [String] = usual.map(\.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }

    /// The first word of its text.
    public var name: String { String(description.prefix { $0 != ":" }) }

    /// Specs with commas between; none may stand twice.
    public static func list(_ text: String) throws(IndicatorSpecError) -> [IndicatorSpec] {
        var specs: [IndicatorSpec] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let spec = try IndicatorSpec(String(part))
            guard !specs.contains(spec) else { throw .twice(String(part)) }
            specs.append(spec)
        }
        return specs
    }

    /// Reads `name:number:…`; lower case, without spaces.
    public init(_ text: String) throws(IndicatorSpecError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let name = parts.first, !text.isEmpty else { throw .empty }
        guard let example = Self.usual.first(where: { $0.name == name }) else {
            throw .unknown(name, nearest: NearestName.of(name, among: Self.names))
        }
        guard parts.count == example.description.split(separator: ":").count else { throw .count(text, example: "\(example)") }
        let numbers = Numbers(text: text, parts: parts.dropFirst())
        self =
            switch example {
            case .rsi: .rsi(try numbers.period())
            case .ema: .ema(try numbers.period())
            case .sma: .sma(try numbers.period())
            case .macd: .macd(fast: try numbers.period(), slow: try numbers.period(1), signal: try numbers.period(2))
            case .bollinger: .bollinger(try numbers.period(), width: try numbers.width(1))
            case .atr: .atr(try numbers.period())
            case .adx: .adx(try numbers.period(from: 2))
            case .di: .di(try numbers.period(from: 2))
            case .stochastic: .stochastic(k: try numbers.period(), slowing: try numbers.period(1), d: try numbers.period(2))
            case .obv: .obv
            case .mfi: .mfi(try numbers.period())
            case .cci: .cci(try numbers.period())
            case .williams: .williams(try numbers.period())
            case .roc: .roc(try numbers.period())
            case .volatility: .volatility(try numbers.period(from: 2))
            }
        if case .macd(let fast, let slow, _) = self, fast >= slow { throw .fastNotBelowSlow(text) }
    }
}

/// The numbers behind a name, read one by one.
private struct Numbers {
    let text: String
    let parts: ArraySlice<String>

    func period(_ at: Int = 0, from least: Int = IndicatorSpec.periods.lowerBound) throws(IndicatorSpecError) -> Int {
        let part = parts[parts.startIndex + at], most = IndicatorSpec.periods.upperBound
        guard !part.isEmpty, part.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(part), (least...most).contains(number)
        else { throw .number(part, in: text, from: "\(least)", to: "\(most)") }
        return number
    }

    func width(_ at: Int) throws(IndicatorSpecError) -> Double {
        let part = parts[parts.startIndex + at], range = IndicatorSpec.widths
        guard part.utf8.count <= 20, part.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }), let number = Double(part),
            range.contains(number)
        else { throw .number(part, in: text, from: IndicatorSpec.text(range.lowerBound), to: IndicatorSpec.text(range.upperBound)) }
        return number
    }
}
