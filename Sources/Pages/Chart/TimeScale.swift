// The horizontal axis: moments of UTC, with a few round ones to read it by.
import Kernel

struct TimeScale {
    let span: ClosedRange<Int64>
    private static let most = 6
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// From 0 to 1.
    func share(_ time: Int64) -> Double {
        guard span.upperBound > span.lowerBound else { return 0 }
        return min(1, max(0, Double(time - span.lowerBound) / Double(span.upperBound - span.lowerBound)))
    }

    var ticks: [(time: Int64, text: String)] {
        let hour: Int64 = 3_600_000
        for step in [1, 3, 6, 12, 24, 48, 168, 336].map({ $0 * hour }) where (span.upperBound - span.lowerBound) / step < Self.most {
            let first = (span.lowerBound + step - 1) / step * step
            return stride(from: first, through: span.upperBound, by: Int64.Stride(step)).map { ($0, Self.text($0, isDay: step >= 24 * hour)) }
        }
        let from = month(span.lowerBound) + 1, to = month(span.upperBound)
        let step = [1, 2, 3, 6, 12, 24, 60, 120, 240].first { (to - from) / $0 < Self.most } ?? 1_200
        return stride(from: (from + step - 1) / step * step, through: to, by: step).compactMap { number in
            Timestamp(year: number / 12, month: number % 12 + 1, day: 1).map {
                ($0.milliseconds, step % 12 == 0 ? "\(number / 12)" : "\(Self.months[number % 12]) \(number / 12)")
            }
        }
    }

    /// Months since the year 0.
    private func month(_ time: Int64) -> Int {
        let civil = Timestamp(milliseconds: time).civil
        return civil.year * 12 + civil.month - 1
    }

    private static func text(_ time: Int64, isDay: Bool) -> String {
        let civil = Timestamp(milliseconds: time).civil
        return isDay || civil.hour == 0 ? "\(civil.day) \(months[civil.month - 1])" : "\(civil.hour.padded(2)):00"
    }
}
