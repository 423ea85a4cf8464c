// Binance spot behind the port: what it can do, its clock, its rules, and the one way a call takes to the
// venue and back. Promise: each order is sent at most once, and an answer that leaves doubt says so.
public import Kernel
public import Market
public import Ports
import StrictJSON
public import Trading
import VenueCommon

public struct BinanceExchange: Exchange {
    public let venue: String
    let host: BinanceHost
    private let key: BinanceKey?
    private let transport: any HTTPTransport
    private let limits: BinanceLimits
    private let clock: any Clock
    private let receiveWindow: TimeSpan
    private let timeout: TimeSpan
    let session = Session()

    /// - Parameters:
    ///   - key: nil for public questions only.
    ///   - limits: shared with the market feed: both ask from one address.
    ///   - receiveWindow: how long after its stamp a request may still be taken; 1 ms to 60 s.
    ///   - timeout: the timeout of one request; the venue itself gives up on an order after 10 s and says so.
    public init(
        venue: String = "binance", host: BinanceHost, key: BinanceKey?, transport: any HTTPTransport, limits: BinanceLimits, clock: any Clock,
        receiveWindow: TimeSpan = .seconds(5), timeout: TimeSpan = .seconds(12)
    ) {
        self.venue = venue
        self.host = host
        self.key = key
        self.transport = transport
        self.limits = limits
        self.clock = clock
        self.receiveWindow = min(max(receiveWindow, TimeSpan(milliseconds: 1)), .seconds(60))
        self.timeout = timeout
    }

    public func word(for rule: InstrumentFilter) -> String { Words.word(rule) }

    public var capabilities: VenueCapabilities {
        VenueCapabilities(
            acknowledgement: .execution, orderTypes: Set(OrderType.allCases), orderLists: Set(OrderListKind.allCases), marketBuyInBase: true,
            marketBuyInQuote: true, hasAlgoBook: false, stopsLockBalance: true, canReplace: true, clientIds: .amongOpenOrders,
            maximumClientIdLength: 36, clientIdsTakeDashes: true, listsTrades: true, tellsTime: true, tellsKeyRestrictions: host.hasWallet,
            requestLifetime: receiveWindow)
    }

    /// The offset at the middle of the round trip; from now on it stamps every request.
    public func measureClock() async throws(ExchangeError) -> VenueClock {
        let sentAt = clock.now, started = clock.monotonic
        let answer = try await ask(.time)
        let roundTrip = TimeSpan(milliseconds: clock.monotonic.milliseconds - started.milliseconds)
        let reading = VenueClock(sentAt: sentAt, roundTrip: roundTrip, venueTime: try answer.need("serverTime") { $0.moment })
        await session.measured(reading)
        return reading
    }

    public func rules() async throws(ExchangeError) -> [InstrumentRules] {
        let answer = try await ask(.instruments)
        guard let rules = RuleReading.read(answer) else { throw .malformed("exchangeInfo without a spot instrument") }
        let told = RuleReading.limits(answer)
        await limits.adopt(weightPerMinute: told.weightPerMinute, ordersPerTenSeconds: told.ordersPerTenSeconds, ordersPerDay: told.ordersPerDay)
        await session.learn(rules)
        return rules
    }
}

// MARK: There and back

extension BinanceExchange {
    /// Sends a call once; its answer as JSON. A read may use the protective share too: asking is how an unknown order ends.
    func ask(_ call: Call, _ priority: RequestPriority = .protective) async throws(ExchangeError) -> JSONField {
        let response = try await send(call, priority)
        return try await read(response, of: call)
    }

    /// Sends a call once and returns whatever was answered.
    func send(_ call: Call, _ priority: RequestPriority) async throws(ExchangeError) -> HTTPResponse {
        guard call.effect == .read || host.takesChanges else {
            throw .unsupported("orders on \(host.baseURL): this version trades on testnet and demo only")
        }
        let request = try await prepared(call, priority)
        let response: HTTPResponse
        do { response = try await transport.send(request) } catch { throw ExchangeError.lost(error, call.effect) }
        await limits.note(response)
        return response
    }

    private func prepared(_ call: Call, _ priority: RequestPriority) async throws(ExchangeError) -> HTTPRequest {
        if call.isSigned {
            if let refusal = await session.refusal { throw .authentication(refusal) }
            if await session.mustMeasure { _ = try await measureClock() }
        }
        try await limits.admit(weight: call.weight, orders: call.orders, priority)
        let offset = await session.offset
        guard call.isSigned else { return call.request(baseURL: host.baseURL, timeout: timeout) }
        guard let key else { throw .authentication("no key is set") }
        let now = clock.now, window = min(receiveWindow, call.validUntil.map { $0 - now } ?? receiveWindow)
        guard window > TimeSpan(milliseconds: 0) else { throw .unavailable("the order's time was over before it was sent") }
        return call.request(host: host, key: key, at: now + offset, receiveWindow: window, timeout: timeout)
    }

    /// The body of a successful answer; any other answer ends in its error and the consequences of it.
    func read(_ response: HTTPResponse, of call: Call) async throws(ExchangeError) -> JSONField {
        guard response.body.count <= call.maximumBytes else { throw .malformed("an answer of more than \(call.maximumBytes) bytes") }
        guard (200..<300).contains(response.status) else {
            let (code, message) = Silence.complaint(response)
            throw await judged(ErrorReading.failure(code: code, hidden(message), response, effect: call.effect, now: clock.now))
        }
        do { return try JSONField(body: response.body) } catch { throw .malformed("JSON: \(error)") }
    }

    /// What an error inside an answer means, e.g. of one half of a replacement.
    func judged(_ row: JSONField, _ response: HTTPResponse) async -> ExchangeError {
        let failure = ErrorReading.failure(code: row["code"]?.integer, hidden(row["msg"]?.text ?? ""), response, effect: .change, now: clock.now)
        return await judged(failure)
    }

    private func judged(_ failure: Failure) async -> ExchangeError {
        switch failure.consequence {
        case .none: break
        case .silence(let wait): await limits.pause(for: wait, .rateLimited, because: "after an order or a question about one")
        case .noOrders(let wait): await limits.pauseOrders(for: wait)
        case .ban(let until): await limits.ban(until: until)
        case .keyRefused: await session.refuse(failure.error.words)
        case .measureClock: await session.clockIsWrong()
        }
        return failure.error
    }

    /// No error repeats a key, even if the venue does. The whole message is searched, before it is cut to length.
    private func hidden(_ message: String) -> String { key?.hidden(in: message) ?? message }
}

extension ExchangeError {
    fileprivate var words: String { if case .authentication(let words) = self { words } else { "the key was refused" } }
}
