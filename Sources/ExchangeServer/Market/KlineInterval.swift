// The lengths of the venue's candles: sixteen, from a second to a calendar month, weeks from Monday.
import Kernel
import Market

enum KlineInterval: String, CaseIterable, Sendable {
    case s1 = "1s", m1 = "1m", m3 = "3m", m5 = "5m", m15 = "15m", m30 = "30m", h1 = "1h", h2 = "2h", h4 = "4h", h6 = "6h", h8 = "8h", h12 = "12h"
    case d1 = "1d", d3 = "3d", w1 = "1w", mo1 = "1M"

    /// nil for a month.
    var duration: TimeSpan? {
        switch self {
        case .s1: .seconds(1)
        case .m1: .minutes(1)
        case .m3: .minutes(3)
        case .m5: .minutes(5)
        case .m15: .minutes(15)
        case .m30: .minutes(30)
        case .h1: .hours(1)
        case .h2: .hours(2)
        case .h4: .hours(4)
        case .h6: .hours(6)
        case .h8: .hours(8)
        case .h12: .hours(12)
        case .d1: .days(1)
        case .d3: .days(3)
        case .w1: .days(7)
        case .mo1: nil
        }
    }

    /// The opening of the candle that holds this moment.
    func opening(of moment: Timestamp) -> Timestamp {
        switch self {
        // 1970 began on a Thursday; the first Monday is three days before.
        case .w1: (moment + .days(3)).floored(to: .days(7)) - .days(3)
        case .mo1: Timestamp(year: moment.civil.year, month: moment.civil.month, day: 1) ?? moment
        default: moment.floored(to: duration ?? .days(1))
        }
    }

    /// When the candle after it opens.
    func next(after opening: Timestamp) -> Timestamp {
        guard let duration else {
            let civil = opening.civil
            return Timestamp(year: civil.month == 12 ? civil.year + 1 : civil.year, month: civil.month % 12 + 1, day: 1) ?? opening + .days(31)
        }
        return opening + duration
    }

    /// The longest time frame of a history that candles of this interval can be put together from.
    var parts: Timeframe? {
        switch self {
        case .s1: nil
        case .m1, .m3: .m1
        case .m5: .m5
        case .m15: .m15
        case .m30: .m30
        default: .h1
        }
    }
}
