// Who may speak to the control port: programs on this machine that mean it. A page in a browser can reach loopback too,
import Kernel

// by a request to another site or by a name that is made to point here; it gives itself away by its origin, by the name it
// asks for, or by a body that is no JSON.

enum ControlGate {
    /// nil if the request may go on.
    static func refusal(_ request: ReceivedRequest) -> BinanceReply? {
        guard let host = request.authority.map(name), ["127.0.0.1", "localhost", "[::1]"].contains(host) else {
            return reply(403, "this port is asked by the name of this machine alone: 127.0.0.1 or localhost")
        }
        guard request.header("origin") == nil, ["none", "same-origin", nil].contains(request.header("sec-fetch-site")?.lowercased()) else {
            return reply(403, "no page may speak to this port; use a program, such as curl")
        }
        if request.method == "GET" || request.method == "DELETE" && request.body.isEmpty { return nil }
        let type = request.header("content-type")?.split(separator: ";").first.map { $0.lowercased().filter { !$0.isWhitespace } }
        return type == "application/json" ? nil : reply(415, "send JSON and say so: Content-Type: application/json")
    }

    /// Without the port.
    private static func name(_ authority: String) -> String {
        guard let colon = authority.lastIndex(of: ":"), authority[authority.index(after: colon)...].utf8.allSatisfy({ (48...57).contains($0) }) else {
            return authority.lowercased()
        }
        return authority[..<colon].lowercased()
    }

    private static func reply(_ status: Int, _ message: String) -> BinanceReply { BinanceReply(["error": .string(message)], status: status) }
}
