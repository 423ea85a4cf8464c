// The venue's codes and words, and what each means.
import Kernel
import Ports
import Testing
import Trading
import VenueCommon

@testable import VenueBinance

@Suite("Binance errors")
struct BinanceErrorTests {
    static let now = Timestamp(milliseconds: 1_700_000_000_000)

    static func error(_ status: Int, _ body: String, _ effect: RequestEffect = .change, headers: [(name: String, value: String)] = [])
        -> ExchangeError
    {
        failure(status, body, effect, headers).error
    }
    static func failure(_ status: Int, _ body: String, _ effect: RequestEffect, _ headers: [(name: String, value: String)] = [])
        -> Failure
    {
        let response = HTTPResponse(status: status, headers: headers, body: Array(body.utf8)), (code, message) = Silence.complaint(response)
        return ErrorReading.failure(code: code, message, response, effect: effect, now: now)
    }
    static func refusal(_ code: Int, _ message: String) -> String { "{\"code\":\(code),\"msg\":\"\(message)\"}" }

    @Test(
        "refusals by code and words",
        arguments: [
            (-2_010, "Account has insufficient balance for requested action.", Rejection.Reason.insufficientFunds),
            (-2_010, "Duplicate order sent.", .duplicateClientId),
            (-2_010, "Order would trigger immediately.", .wouldTriggerImmediately),
            (-2_010, "The relationship of the prices for the orders is not correct.", .wouldTriggerImmediately),
            (-2_010, "Order would immediately match and take.", .wouldMatchImmediately),
            (-2_010, "Market is closed.", .marketClosed),
            (-1_013, "Market is closed.", .marketClosed),
            (-2_010, "This symbol is not permitted for this account.", .marketClosed),
            (-2_010, "Market orders are not supported for this symbol.", .invalidParameter),
            (-2_010, "This action is disabled on this account.", .other),
            (-2_010, "Order book liquidity is less than LOT_SIZE filter minimum quantity.", .filter(.lot)),
            (-2_010, "Filter failure: MAX_NUM_ALGO_ORDERS", .filter(.maximumAlgoOrders)),
            (-1_013, "Filter failure: PRICE_FILTER", .filter(.price)),
            (-1_013, "Filter failure: MIN_NOTIONAL", .filter(.notional)),
            (-1_013, "Filter failure: EXCHANGE_MAX_NUM_ORDERS", .tooManyOrders),
            (-1_013, "Filter failure: TRAILING_DELTA", .unnamedFilter("TRAILING_DELTA")),
            (-1_013, "Filter failure: ", .unnamedFilter("")),
            (-1_013, "Invalid quantity.", .invalidParameter),
            (-2_011, "Unknown order sent.", .unknownOrder),
            (-2_011, "Order was not canceled due to cancel restrictions.", .other),
            (-2_013, "Order does not exist.", .unknownOrder),
            (-2_018, "Order list does not exist.", .unknownOrder),
            (-2_026, "Order was canceled or expired with no executed qty over 90 days ago and has been archived.", .unknownOrder),
            (-1_111, "Parameter 'quantity' has too much precision.", .precision),
            (-1_121, "Invalid symbol.", .invalidSymbol),
            (-1_100, "Illegal characters found in parameter", .invalidParameter), (-1_130, "Data sent for parameter is not valid", .invalidParameter),
            (-9_999, "Something new", .other)
        ])
    func refusals(_ code: Int, _ message: String, _ reason: Rejection.Reason) {
        for effect in [RequestEffect.change, .read] {
            #expect(Self.error(400, Self.refusal(code, message), effect) == .rejected(Rejection(reason, "\(code) \(message)")))
        }
    }

    @Test(
        "the code counts before the status, and a status without a code for what it is",
        arguments: [
            (400, refusal(-1_003, "Too many requests"), "rateLimited"), (400, refusal(-1_015, "Too many new orders"), "rateLimited"),
            (429, refusal(-1_003, "IP banned until 1700000120000."), "banned"), (418, "", "banned"), (429, "<html>", "rateLimited"),
            (400, refusal(-2_015, "Invalid"), "authentication"), (403, refusal(-2_015, "Invalid"), "authentication"),
            (401, "<html>", "authentication"), (401, "{}", "authentication"),
            (403, "<html>", "rateLimited"), (451, "", "rateLimited"), (400, refusal(-1_021, "ahead"), "clockSkew"),
            (500, refusal(-2_010, "insufficient balance"), "outcomeUnknown"), (504, "", "outcomeUnknown"), (408, "", "outcomeUnknown"),
            (307, "", "outcomeUnknown"),
            (400, "", "malformed"), (400, "{\"code\":\"-2010\"}", "malformed"), (400, "{\"code\":200}", "malformed"), (404, "<html>", "malformed")
        ])
    func statuses(_ status: Int, _ body: String, _ kind: String) { #expect(Self.error(status, body).kind == kind) }

    @Test(
        "an answer that asks for silence and leaves doubt about an order does both",
        arguments: [
            (429, -1_007, "rateLimited"), (429, -1_006, "rateLimited"), (503, -1_003, "rateLimited"), (504, -1_015, "rateLimited"),
            (418, -1_007, "banned")
        ])
    func silenceInDoubt(_ status: Int, _ code: Int, _ kind: String) {
        let change = Self.failure(status, Self.refusal(code, "x"), .change), read = Self.failure(status, Self.refusal(code, "x"), .read)
        #expect((change.error.kind, read.error.kind) == ("outcomeUnknown", kind))
        #expect(change.consequence == read.consequence && change.consequence != .none)
    }

    @Test(
        "a pause is a second at least and three days at most, whatever a 429 says",
        arguments: [("0", 1), ("17", 17), ("99999999999999999999", 259_200)])
    func pauses(_ told: String, _ seconds: Int) {
        #expect(Self.error(429, "", headers: [("retry-after", told)]) == .rateLimited(until: Self.now + .seconds(seconds)))
    }

    @Test("a ban ends where it says, at the latest of what it says, never in the past and never after three days")
    func bans() {
        func until(_ body: String, _ headers: [(name: String, value: String)] = []) -> TimeSpan? {
            if case .banned(let until) = Self.error(418, body, headers: headers) { until - Self.now } else { nil }
        }
        #expect(until(Self.refusal(-1_003, "IP banned until 1700000120000.")) == .minutes(2))
        #expect(until(Self.refusal(-1_003, "IP banned until 1700000120000."), [("retry-after", "300")]) == .minutes(5))
        #expect(until(Self.refusal(-1_003, "IP banned until 1600000000000.")) == .minutes(10))
        #expect(until("", [("retry-after", "99999999")]) == .days(3))
    }

    @Test("words from outside are made safe to print and short")
    func safe() {
        guard case .rejected(let rejection) = Self.error(400, Self.refusal(-2_010, "a\\n\\u001b[31mb\\u202e" + String(repeating: "x", count: 500)))
        else { return #expect(Bool(false)) }
        #expect(rejection.detail.hasPrefix("-2010 a  [31mb ") && rejection.detail.count < 180)
    }
}
