// What Binance lets one address and one account ask, kept in one place for everything that asks from
// here: the minute's request weight and the counts of new orders, each with a share that only protective
// requests may use; a pause it asks for; and a ban, during which nothing at all is sent. Promise I11.
public import Kernel
public import Ports
import VenueCommon

public actor BinanceLimits {
    private let clock: any Clock
    private let reservePercent: Int
    private var weight: CountWindow
    private var orders = [CountWindow(seconds: 10, limit: 50), CountWindow(seconds: 86_400, limit: 160_000)]
    private var silence: (until: TimeSpan, kind: FeedError.Kind, why: String)?
    private var ordersPausedUntil: TimeSpan?
    /// By the wall clock, because it outlives a process: the caller keeps it and hands it back.
    public private(set) var bannedUntil: Timestamp?
    private let onBan: @Sendable (Timestamp) -> Void

    /// - Parameters:
    ///   - weightPerMinute: the venue's REQUEST_WEIGHT limit, until it tells its own.
    ///   - reservePercent: the share of weight that ordinary requests leave to protective ones.
    ///   - bannedUntil: the end of a ban known from an earlier run.
    ///   - onBan: hears the end of each new ban, to keep it for the next run.
    public init(
        clock: any Clock, weightPerMinute: Int = 6_000, reservePercent: Int = 20, bannedUntil: Timestamp? = nil,
        onBan: @escaping @Sendable (Timestamp) -> Void = { _ in }
    ) {
        self.clock = clock
        self.reservePercent = min(max(0, reservePercent), 99)
        weight = CountWindow(seconds: 60, limit: max(1, weightPerMinute))
        self.bannedUntil = bannedUntil
        self.onBan = onBan
    }

    /// Weight used in this minute, by the venue's count or ours, whichever is higher.
    public var weightUsed: Int { weight.used(at: clock.now) }

    /// Books `weight`, waiting for the next minute if this one is used up: for readers of prices, who may wait.
    public func enter(weight cost: Int, source: String) async throws(FeedError) {
        while true {
            if let refusal { throw refusal.feedError(source: source, now: clock.now) }
            let now = clock.now
            if weight.take(cost, at: now, percent: 100 - reservePercent) { return }
            do { try await clock.sleep(for: weight.end(at: now) - now) } catch {
                throw FeedError(.timeout, source: source, "cancelled while waiting for weight")
            }
        }
    }

    /// Books `weight` and new orders, or says until when there is no room: an order must not wait, it would be stale.
    /// Ordinary orders use half of what the venue allows, protective ones all of it (fault 48).
    func admit(weight cost: Int, orders count: Int, _ priority: RequestPriority) throws(ExchangeError) {
        let now = clock.now, isProtective = priority == .protective
        if let refusal { throw refusal.exchangeError(now: now) }
        if count > 0 {
            if let until = ordersPausedUntil, until > clock.monotonic {
                throw .rateLimited(until: now + TimeSpan(milliseconds: until.milliseconds - clock.monotonic.milliseconds))
            }
            for window in orders where !window.hasRoom(for: count, at: now, percent: isProtective ? 100 : 50) {
                throw .rateLimited(until: window.end(at: now))
            }
        }
        guard weight.take(cost, at: now, percent: isProtective ? 100 : 100 - reservePercent) else { throw .rateLimited(until: weight.end(at: now)) }
        guard count > 0 else { return }
        for index in orders.indices { orders[index].book(count, at: now) }
    }

    private enum Refusal {
        case banned(until: Timestamp)
        case paused(TimeSpan, FeedError.Kind, why: String)

        func feedError(source: String, now: Timestamp) -> FeedError {
            switch self {
            case .banned(let until): FeedError(.banned, source: source, "banned until \(until)", retryAfter: until - now)
            case .paused(let rest, let kind, let why): FeedError(kind, source: source, "asked not to ask yet: \(why)", retryAfter: rest)
            }
        }
        func exchangeError(now: Timestamp) -> ExchangeError {
            switch self {
            case .banned(let until): .banned(until: until)
            case .paused(let rest, _, _): .rateLimited(until: now + rest)
            }
        }
    }

    /// Why nothing may be sent now; nil if sending is allowed.
    private var refusal: Refusal? {
        if let until = bannedUntil {
            if until > clock.now { return .banned(until: until) }
            bannedUntil = nil
        }
        guard let silence else { return nil }
        let rest = silence.until.milliseconds - clock.monotonic.milliseconds
        if rest > 0 { return .paused(TimeSpan(milliseconds: rest), silence.kind, why: silence.why) }
        self.silence = nil
        return nil
    }
}

// MARK: What the venue says of its limits

extension BinanceLimits {
    /// Takes the venue's own count of the minute from an answer's header.
    public func note(usedWeight: Int) { weight.note(usedWeight, at: clock.now) }

    /// Takes the venue's counts from the headers of any answer.
    func note(_ response: HTTPResponse) {
        func count(_ name: String) -> Int? { response.header(name).flatMap { Int($0) } }
        if let used = count("x-mbx-used-weight-1m") ?? count("x-mbx-used-weight") { note(usedWeight: used) }
        for (index, name) in ["10s", "1d"].enumerated() {
            if let used = count("x-mbx-order-count-" + name) { orders[index].note(used, at: clock.now) }
        }
    }

    /// Takes the limits of exchangeInfo; nil leaves one as it is.
    func adopt(weightPerMinute: Int?, ordersPerTenSeconds: Int?, ordersPerDay: Int?) {
        if let weightPerMinute { weight.limit = max(1, weightPerMinute) }
        if let ordersPerTenSeconds { orders[0].limit = max(1, ordersPerTenSeconds) }
        if let ordersPerDay { orders[1].limit = max(1, ordersPerDay) }
    }

    /// Sends nothing for `duration` (429, 403). Whoever asks meanwhile hears why: of questions asked side by side any one
    /// may meet the refusal, and the others only this pause.
    public func pause(for duration: TimeSpan, _ kind: FeedError.Kind, because why: String) {
        let until = TimeSpan(milliseconds: clock.monotonic.milliseconds + duration.milliseconds)
        if let silence, silence.until > until { return }
        silence = (until, kind, why)
    }

    /// Sends no new order for `duration` (-1015); asking and cancelling go on.
    func pauseOrders(for duration: TimeSpan) {
        ordersPausedUntil = TimeSpan(milliseconds: clock.monotonic.milliseconds + duration.milliseconds)
    }

    /// Sends nothing before this moment (418).
    public func ban(until: Timestamp) {
        let end = max(bannedUntil ?? until, until)
        bannedUntil = end
        onBan(end)
    }
}
