// The venue's refusals: an HTTP status, a code and the exact words, as its error table has them. Clients
// match on codes and some on words, so both are part of the promise.

struct BinanceError: Error, Hashable, Sendable {
    let status: Int
    let code: Int
    let message: String
    /// Seconds to be silent, if the venue says so.
    var retryAfter: Int?

    init(_ code: Int, _ message: String, status: Int = 400, retryAfter: Int? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }
}

// MARK: Of the request as such

extension BinanceError {
    static let illegalParameter = BinanceError(-1100, "Illegal characters found in a parameter.")
    static func illegal(_ name: String, _ range: String) -> BinanceError {
        BinanceError(-1100, "Illegal characters found in parameter '\(name)'; legal range is '\(range)'.")
    }
    static let duplicate = BinanceError(-1101, "Duplicate values for a parameter detected.")
    static func tooMany(_ sent: Int) -> BinanceError { BinanceError(-1101, "Too many parameters; expected '0' and received '\(sent)'.") }
    static func mandatory(_ name: String) -> BinanceError {
        BinanceError(-1102, "Mandatory parameter '\(name)' was not sent, was empty/null, or malformed.")
    }
    static func oneOf(_ first: String, _ second: String) -> BinanceError {
        BinanceError(-1102, "Param '\(first)' or '\(second)' must be sent, but both were empty/null!")
    }
    static func unread(read: Int, sent: Int) -> BinanceError {
        BinanceError(-1104, "Not all sent parameters were read; read '\(read)' parameter(s) but was sent '\(sent)'.")
    }
    static func empty(_ name: String) -> BinanceError { BinanceError(-1105, "Parameter '\(name)' was empty.") }
    static func notRequired(_ name: String) -> BinanceError { BinanceError(-1106, "Parameter '\(name)' sent when not required.") }
    static func overflow(_ name: String) -> BinanceError { BinanceError(-1108, "Parameter '\(name)' overflowed.") }
    static func precision(_ name: String) -> BinanceError { BinanceError(-1111, "Parameter '\(name)' has too much precision.") }
    static let timeInForce = BinanceError(-1115, "Invalid timeInForce.")
    static let orderType = BinanceError(-1116, "Invalid orderType.")
    static let side = BinanceError(-1117, "Invalid side.")
    static let interval = BinanceError(-1120, "Invalid interval.")
    static let symbol = BinanceError(-1121, "Invalid symbol.")
    static let symbolStatus = BinanceError(-1122, "Invalid symbolStatus.")
    static func lookup(hours: Int) -> BinanceError { BinanceError(-1127, "More than \(hours) hours between startTime and endTime.") }
    static let combination = BinanceError(-1128, "Combination of optional parameters invalid.")
    static func invalid(_ name: String) -> BinanceError { BinanceError(-1130, "Data sent for parameter '\(name)' is not valid.") }
    static let window = BinanceError(-1131, "recvWindow must be less than 60000.")
    static let strategyType = BinanceError(-1134, "`strategyType` was less than 1000000.")
    static let tickerType = BinanceError(-1139, "Invalid ticker type.")
    static let restrictions = BinanceError(-1145, "`cancelRestrictions` has to be either `ONLY_NEW` or `ONLY_PARTIALLY_FILLED`.")
    static let duplicateSymbols = BinanceError(-1151, "Symbol is present multiple times in the list.")
}

// MARK: Of who asks, and how often

extension BinanceError {
    /// What the wallet's addresses (`/sapi`) say to a request without a key.
    static let unauthorised = BinanceError(-1002, "You are not authorized to execute this request.", status: 401)
    static let late = BinanceError(-1021, "Timestamp for this request is outside of the recvWindow.")
    static let early = BinanceError(-1021, "Timestamp for this request was 1000ms ahead of the server's time.")
    static let signature = BinanceError(-1022, "Signature for this request is not valid.")
    static let keyFormat = BinanceError(-2014, "API-key format invalid.", status: 401)
    static let key = BinanceError(-2015, "Invalid API-key, IP, or permissions for action.", status: 401)
    static func overWeight(_ limit: Int, retryAfter: Int) -> BinanceError {
        BinanceError(
            -1003,
            "Too much request weight used; current limit is \(limit) request weight per 1 MINUTE. "
                + "Please use WebSocket Streams for live updates to avoid polling the API.", status: 429, retryAfter: retryAfter)
    }
    static func banned(until moment: Int64, retryAfter: Int) -> BinanceError {
        BinanceError(
            -1003, "Way too much request weight used; IP banned until \(moment). Please use WebSocket Streams for live updates to avoid bans.",
            status: 418, retryAfter: retryAfter)
    }
    static func tooManyOrders(_ limit: Int, _ span: String, retryAfter: Int) -> BinanceError {
        BinanceError(-1015, "Too many new orders; current limit is \(limit) orders per \(span).", status: 429, retryAfter: retryAfter)
    }
}

// MARK: Of orders

extension BinanceError {
    static func filter(_ name: String) -> BinanceError { BinanceError(-1013, "Filter failure: \(name)") }
    static func invalidNumber(_ name: String) -> BinanceError { BinanceError(-1013, "Invalid \(name).") }
    static let marketClosed = BinanceError(-1013, "Market is closed.")
    static let trailing = BinanceError(-1013, "Trailing stop orders are not supported for this symbol.")
    static let iceberg = BinanceError(-1013, "Iceberg orders are not supported for this symbol.")
    static let quoteAmount = BinanceError(-1013, "Quote order qty market orders are not support for this symbol.")
    static let noReplace = BinanceError(-1013, "Order cancel-replace is not supported for this symbol.")
    static let noLists = BinanceError(-1013, "OCO orders are not supported for this symbol")
    static let legType = BinanceError(-1158, "Order type not supported in OCO.")
    static let funds = BinanceError(-2010, "Account has insufficient balance for requested action.")
    static let duplicateOrder = BinanceError(-2010, "Duplicate order sent.")
    static let wouldTrigger = BinanceError(-2010, "Order would trigger immediately.")
    static let wouldMatch = BinanceError(-2010, "Order would immediately match and take.")
    static let relationship = BinanceError(-2010, "The relationship of the prices for the orders is not correct.")
    static let unknownOrder = BinanceError(-2011, "Unknown order sent.")
    static let notCanceled = BinanceError(-2011, "Order was not canceled due to cancel restrictions.")
    static let noSuchOrder = BinanceError(-2013, "Order does not exist.")
    static let noSuchList = BinanceError(-2018, "Order list does not exist.")
}
