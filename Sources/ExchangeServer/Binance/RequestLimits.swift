// The venue's patience: request weight a minute, new orders in ten seconds and a day. Too much is a 429 that
// says how long to wait; whoever goes on asking is banned.
public import Kernel

public struct RequestLimits: Sendable {
    /// Request weight a minute.
    public var weight = 6_000
    public var ordersPerTenSeconds = 100
    public var ordersPerDay = 200_000
    /// How many refused requests in a row make a ban.
    public var refusalsUntilBan = 10
    public var ban = TimeSpan.minutes(2)
    public init() {}
}

struct RequestCounts: Sendable {
    var limits: RequestLimits
    private(set) var usedWeight = 0
    private(set) var tenSeconds = 0
    private(set) var day = 0
    private(set) var bannedUntil: Timestamp?
    private var refusals = 0
    private var refusedUntil: Timestamp?
    private var minuteStart = Timestamp(milliseconds: .min), tenStart = Timestamp(milliseconds: .min), dayStart = Timestamp(milliseconds: .min)

    init(limits: RequestLimits) { self.limits = limits }

    /// Counts a request; refused while banned and above the limit.
    mutating func admit(weight: Int, at now: Timestamp) throws(BinanceError) {
        roll(to: now)
        if let end = bannedUntil {
            guard now >= end else { throw .banned(until: end.milliseconds, retryAfter: Self.seconds(end - now)) }
            bannedUntil = nil
        }
        usedWeight += weight
        if usedWeight > limits.weight { refusedUntil = max(refusedUntil ?? now, minuteStart + .minutes(1)) }
        guard let end = refusedUntil, now < end else {
            refusals = 0
            return
        }
        refusals += 1
        guard refusals > limits.refusalsUntilBan else { throw .overWeight(limits.weight, retryAfter: Self.seconds(end - now)) }
        begin(ban: limits.ban, at: now)
        throw .banned(until: (now + limits.ban).milliseconds, retryAfter: Self.seconds(limits.ban))
    }

    /// Whether so many more orders may be placed now; counts them.
    mutating func admit(orders: Int, at now: Timestamp) throws(BinanceError) {
        roll(to: now)
        guard tenSeconds + orders <= limits.ordersPerTenSeconds else {
            throw .tooManyOrders(limits.ordersPerTenSeconds, "10 SECOND", retryAfter: Self.seconds(tenStart + .seconds(10) - now))
        }
        guard day + orders <= limits.ordersPerDay else {
            throw .tooManyOrders(limits.ordersPerDay, "1 DAY", retryAfter: Self.seconds(dayStart + .days(1) - now))
        }
        tenSeconds += orders
        day += orders
    }

    /// A filled order is no burden: its count is given back.
    mutating func giveBack(orders: Int) {
        tenSeconds = max(0, tenSeconds - orders)
        day = max(0, day - orders)
    }

    /// Refuses everything for a while, as after too much weight.
    mutating func refuse(for span: TimeSpan, at now: Timestamp) { refusedUntil = now + span }
    mutating func begin(ban span: TimeSpan, at now: Timestamp) {
        bannedUntil = now + span
        (refusedUntil, refusals) = (nil, 0)
    }

    private mutating func roll(to now: Timestamp) {
        if now.floored(to: .minutes(1)) != minuteStart { (minuteStart, usedWeight) = (now.floored(to: .minutes(1)), 0) }
        if now.floored(to: .seconds(10)) != tenStart { (tenStart, tenSeconds) = (now.floored(to: .seconds(10)), 0) }
        if now.floored(to: .days(1)) != dayStart { (dayStart, day) = (now.floored(to: .days(1)), 0) }
    }

    private static func seconds(_ span: TimeSpan) -> Int { max(1, Int((span.milliseconds + 999) / 1_000)) }
}
