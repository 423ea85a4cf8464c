// What the strategy made beside what holding made, in one sentence before any table.
import Backtest
import Messaging

public struct HoldWords: Sendable {
    /// `lost 9.09 %; holding all markets in equal parts made 45.54 %`
    public let line: String
    /// The same with a part of the money held, as much as the strategy had at work; nil if it had none or nearly all.
    public let scaled: String?

    /// - Parameter exposure: the share of the capital that the strategy had at work on average.
    public init(run: Double, hold: Double, exposure: Double) {
        line = "\(Self.made(run)); holding all markets in equal parts \(Self.made(hold))"
        scaled =
            exposure > 0 && exposure < 0.95
            ? "with \(Format.figure(exposure * 100)) % of the money, as much as the strategy had at work on average, "
                + "holding \(Self.made(hold * exposure))"
            : nil
    }

    /// - Parameter share: 0.01 is one percent.
    private static func made(_ share: Double) -> String {
        let size = "\(Format.figure(share.magnitude * 100)) %"
        return share > 0 ? "made \(size)" : share < 0 ? "lost \(size)" : "made nothing"
    }
}
