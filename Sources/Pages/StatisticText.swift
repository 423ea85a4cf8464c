// Figures as people read them: the same words on the terminal and on pages.
import Kernel
public import Messaging
public import Statistics

extension RunStatistics.Row {
    /// A number and its unit; a dash and the reason if there is none.
    public var cell: (number: String, unit: String) {
        switch value {
        case .absent(let why): return ("–", "(\(why))")
        case .exact(let amount): return (Format.amount(amount, signed: isGain), "")
        case .value(let number):
            switch unit {
            case .percent: return (Format.figure(number * 100, signed: isGain), "%")
            case .periods, .trades: return (Format.figure(number, trimmed: true), String(unit.rawValue.dropLast(number == 1 ? 1 : 0)))
            case .duration: return (Format.span(TimeSpan(milliseconds: Int64(number))), "")
            case .ratio, .money: return (Format.figure(number, signed: isGain), "")
            }
        }
    }

    /// A figure that may be a gain or a loss is written with its sign.
    private var isGain: Bool { Self.gains.contains(name) }
    private static let gains: Set<String> = Set(
        [ReturnStatistic.totalReturn, .cagr, .expectancy].map(\.rawValue)
            + [TradeStatistic.net, .expectancy, .rMean, .rMedian, .rBest, .rWorst].map(\.rawValue))

    /// For machines: the shortest text that reads back as the same number; nil if there is none.
    public var machineText: String? {
        switch value {
        case .absent: nil
        case .exact(let amount): amount.description
        case .value(let number): Format.shortest(number)
        }
    }
}

extension Format {
    /// Two decimals, four for what is small but not nothing.
    public static func figure(_ number: Double, trimmed: Bool = false, signed: Bool = false) -> String {
        guard let decimal = FixedDecimal(shortest: number) else { return "\(number)" }
        return Format.decimal(decimal, places: number != 0 && number.magnitude < 0.1 ? 4 : 2, trimmed: trimmed, signed: signed)
    }

    /// A share as percent with one decimal and its sign.
    public static func gain(_ share: Double) -> String {
        FixedDecimal(shortest: share * 100).map { Format.decimal($0, places: 1, signed: true) } ?? "huge"
    }

    /// Whole numbers without a point.
    public static func shortest(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }
}
