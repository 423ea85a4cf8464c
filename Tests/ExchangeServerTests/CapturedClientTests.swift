// What three Python client libraries really sent, taken as it was and signed anew: every form must be accepted.
import ExchangeServer
import Kernel
import Ports
import StrictJSON
import TestSupport
import Testing

@Suite struct CapturedClientTests {
    @Test("each captured request is accepted", .enabled(if: Shared.isThere, "needs the reference data in ../shared"), arguments: Shared.captures)
    func captured(_ capture: JSONValue) async throws {
        try await Bench.with { bench async throws in
            let action = try capture["action"].string
            if action == "stop-loss sell" || action == "OCO sell" { bench.venue.setPrice(.btc, Price("70000")!) }
            if action == "cancel" {
                for _ in 1...28 {
                    _ = bench.venue.placeByHand([
                        ("symbol", "BTCUSDT"), ("side", "SELL"), ("type", "LIMIT"), ("timeInForce", "GTC"), ("quantity", "0.001"),
                        ("price", "90000")
                    ])
                }
            }
            let request = try capture["request"].value
            let method = try #require(HTTPRequest.Method(rawValue: try request["httpMethod"].string))
            var headers: [(name: String, value: String)] = []
            for (name, node) in try request["headers"].members where name != "Host" && name != "Content-Length" {
                headers.append((name, try node.string))
            }
            let path = try request["path"].string
            let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
            let target = parts[0] + (parts.count > 1 ? "?" + resigned(parts[1], bench) : "")
            let body = request.text("body").map { resigned($0, bench) } ?? ""
            let answer = try await bench.send(method, target, body: body, headers: headers)
            #expect(answer.status == 200, "\(action): \(answer.json)")
            #expect(bench.venue.audit.isSound)
        }
    }

    /// The same text with the bench's moment and a new signature in the old one's place.
    private func resigned(_ text: String, _ bench: Bench) -> String {
        guard text.contains("signature=") else { return text }
        let fields = text.split(separator: "&").filter { !$0.hasPrefix("signature=") }.map { field in
            field.hasPrefix("timestamp=") ? "timestamp=\(bench.clock.now.milliseconds)" : String(field)
        }
        let signed = fields.joined(separator: "&")
        return signed + "&signature=" + Bench.signature(signed)
    }
}
