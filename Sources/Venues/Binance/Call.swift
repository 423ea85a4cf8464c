// A question or an order to Binance as a value: path, parameters, what it costs. It becomes a request in one
// place, so that what is signed is what is sent, byte for byte.
import Kernel
import Ports
import VenueCommon

struct Call: Sendable {
    let method: HTTPRequest.Method
    let path: String
    /// As text, not yet percent-encoded.
    var parameters: [(name: String, value: String)]
    let weight: Int
    /// New orders it counts for.
    var orders = 0
    var effect = RequestEffect.read
    var isSigned = false
    /// A longer answer is refused.
    var maximumBytes = 1 << 20
    /// The moment, by our clock, after which the venue shall refuse it; nil for the usual window.
    var validUntil: Timestamp?

    init(
        _ method: HTTPRequest.Method = .get, _ path: String, _ parameters: [(name: String, value: String)] = [], weight: Int, orders: Int = 0,
        effect: RequestEffect = .read, isSigned: Bool = false, maximumBytes: Int = 1 << 20
    ) {
        self.method = method
        self.path = path
        self.parameters = parameters
        self.weight = weight
        self.orders = orders
        self.effect = effect
        self.isSigned = isSigned
        self.maximumBytes = maximumBytes
    }

    /// The request without key and signature.
    func request(baseURL: String, timeout: TimeSpan) -> HTTPRequest {
        HTTPRequest(method, baseURL + path + (parameters.isEmpty ? "" : "?" + Self.encoded(parameters)), timeout: timeout, maximumBytes: maximumBytes)
    }

    /// The request as the owner of `key` sends it: parameters encoded, then signed, then sent as they were signed.
    func request(host: BinanceHost, key: BinanceKey, at venueTime: Timestamp, receiveWindow: TimeSpan, timeout: TimeSpan) -> HTTPRequest {
        let stamped = parameters + [("recvWindow", String(receiveWindow.milliseconds)), ("timestamp", String(venueTime.milliseconds))]
        let payload = Self.encoded(stamped)
        let signed = payload + "&signature=" + PercentEncoding.encode(key.signature(of: payload))
        let header = (name: "X-MBX-APIKEY", value: key.name.reveal())
        guard method == .post else {
            return HTTPRequest(method, host.baseURL + path + "?" + signed, headers: [header], timeout: timeout, maximumBytes: maximumBytes)
        }
        return HTTPRequest(
            method, host.baseURL + path, headers: [header, ("Content-Type", "application/x-www-form-urlencoded")], body: Array(signed.utf8),
            timeout: timeout, maximumBytes: maximumBytes)
    }

    private static func encoded(_ parameters: [(name: String, value: String)]) -> String {
        parameters.map { $0.name + "=" + PercentEncoding.encode($0.value) }.joined(separator: "&")
    }
}
