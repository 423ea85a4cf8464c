// The calendar of a run: what each month and each year came to.
import Kernel

/// Years ascending and without a gap; months are those of UTC.
public struct MonthlyReturns: Hashable, Sendable {
    public struct Year: Hashable, Sendable {
        public let year: Int
        /// January to December, the returns of each compounded; absent if it has none.
        public let months: [Statistic]
        /// The months compounded.
        public let total: Statistic
    }

    public let years: [Year]

    public init(_ series: ReturnSeries) {
        guard let first = series.first?.civil.year, let last = series.last?.civil.year else { years = []; return }
        var growth: [[Double?]] = Array(repeating: Array(repeating: nil, count: 12), count: last - first + 1)
        for (time, value) in zip(series.times, series.returns) {
            let civil = time.civil
            growth[civil.year - first][civil.month - 1] = (growth[civil.year - first][civil.month - 1] ?? 1) * (1 + value)
        }
        years = growth.enumerated().map { row, months in
            let known = months.compactMap(\.self)
            return Year(year: first + row, months: months.map(Self.gain), total: Self.gain(known.isEmpty ? nil : known.reduce(1, *)))
        }
    }

    private static func gain(_ growth: Double?) -> Statistic { growth.map { Statistic($0 - 1) } ?? .absent(.noReturns) }
}
