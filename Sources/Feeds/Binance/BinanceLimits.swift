// What Binance lets one address ask, kept in one place for everything that asks from here: the
// minute's request weight with a reserve for protective orders, a told pause, and a ban, during
// which nothing at all is sent. Promise I11.
import Domain
import Ports

public actor BinanceLimits {
    private let clock: any Clock
    /// Weight that readers may use in a minute: the limit less the reserve.
    private let readable: Int
    private var minute: Int64 = 0
    private var used = 0
    private var silence: (until: Duration, kind: FeedError.Kind)?
    /// By the wall clock, because it outlives a process: the caller keeps it and hands it back.
    public private(set) var bannedUntil: Timestamp?
    private let onBan: @Sendable (Timestamp) -> Void

    /// - Parameters:
    ///   - weightPerMinute: the venue's REQUEST_WEIGHT limit.
    ///   - reservePercent: the share that readers leave to protective requests.
    ///   - bannedUntil: the end of a ban known from an earlier run.
    ///   - onBan: is told the end of each new ban, to keep it for the next run.
    public init(clock: any Clock, weightPerMinute: Int = 6_000, reservePercent: Int = 20, bannedUntil: Timestamp? = nil,
                onBan: @escaping @Sendable (Timestamp) -> Void = { _ in }) {
        self.clock = clock
        readable = max(1, weightPerMinute * (100 - min(max(0, reservePercent), 99)) / 100)
        self.bannedUntil = bannedUntil
        self.onBan = onBan
    }

    /// Weight used in this minute, by the venue's count or ours, whichever is higher.
    public var weightUsed: Int { minute == clock.now.milliseconds / 60_000 ? used : 0 }

    /// Books `weight`, waiting for the next minute where this one is used up.
    public func enter(weight: Int, source: String) async throws(FeedError) {
        while true {
            try checkSilence(source)
            let now = clock.now.milliseconds
            if now / 60_000 != minute { (minute, used) = (now / 60_000, 0) }
            if used == 0 || used + weight <= readable {
                used += weight
                return
            }
            let rest = Duration(milliseconds: (now / 60_000 + 1) * 60_000 - now)
            do { try await clock.sleep(for: rest) } catch { throw FeedError(.timeout, source: source, "cancelled while waiting for weight") }
        }
    }

    private func checkSilence(_ source: String) throws(FeedError) {
        if let until = bannedUntil {
            let rest = until - clock.now
            if rest.milliseconds > 0 { throw FeedError(.banned, source: source, "banned until \(until)", retryAfter: rest) }
            bannedUntil = nil
        }
        guard let silence else { return }
        let rest = silence.until.milliseconds - clock.monotonic.milliseconds
        guard rest <= 0 else {
            throw FeedError(silence.kind, source: source, "asked not to ask yet", retryAfter: Duration(milliseconds: rest))
        }
        self.silence = nil
    }

    /// Takes the venue's own count of the minute from an answer's header.
    public func note(usedWeight: Int) {
        if clock.now.milliseconds / 60_000 == minute { used = max(used, min(max(0, usedWeight), 1_000_000)) }
    }

    /// Nothing is sent for so long (429, 403).
    public func pause(for duration: Duration, _ kind: FeedError.Kind) {
        let until = Duration(milliseconds: clock.monotonic.milliseconds + duration.milliseconds)
        if let silence, silence.until > until { return }
        silence = (until, kind)
    }

    /// Nothing is sent before this moment (418).
    public func ban(until: Timestamp) {
        let end = max(bannedUntil ?? until, until)
        bannedUntil = end
        onBan(end)
    }
}
