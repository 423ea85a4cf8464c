// What a page and a screen say of smallest orders that nobody told.
import Domain

extension [CandleHistory] {
    /// `10`, or `0.0001 or 10` where pairs of several quotes are looked at.
    public var assumedMinimums: String {
        Set(filter(\.instrument.assumed).map(\.instrument.minNotional)).sorted().map(\.description).joined(separator: " or ")
    }
}
