// Who may ask: keys, moments and signatures, over the query, the body and both, with published vectors.
import ExchangeServer
import Kernel
import Ports
import TestSupport
import Testing

@Suite struct SignatureTests {
    /// The venue's own worked example.
    static let key = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A"
    static let secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"

    private func venue() -> BinanceVenue {
        let settings = VenueSettings(key: BinanceKey(key: Self.key, secret: Secret(Self.secret)), balances: [.usdt: FixedDecimal(1_000)])
        return BinanceVenue(.still, settings, clock: FakeClock(Timestamp(milliseconds: 1_499_827_319_559)))
    }

    // The example's symbol is not traded here: its signature is right where -1121 comes and not -1022.
    @Test(
        "the published signatures are right in the query, in the body and over both",
        arguments: [
            (
                "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "",
                "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"
            ),
            (
                "", "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559",
                "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"
            ),
            (
                "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC", "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559",
                "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77"
            )
        ])
    func published(_ query: String, _ body: String, _ signature: String) async {
        for upper in [false, true] {
            let sent = "signature=" + (upper ? signature.uppercased() : signature)
            let request = BinanceRequest(
                method: "POST", target: "/api/v3/order?" + query + (body.isEmpty ? "&" + sent : ""),
                body: body.isEmpty ? "" : body + "&" + sent, key: Self.key)
            let reply = await venue().answer(request)
            #expect(String(decoding: reply.body, as: UTF8.self).contains("-1121"))
        }
    }

    @Test("a symbol that is not ASCII is signed in its percent-encoded form")
    func nonASCII() async {
        let query =
            "symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000"
            + "&timestamp=1499827319559&signature=e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3"
        let reply = await venue().answer(BinanceRequest(method: "POST", target: "/api/v3/order?" + query, key: Self.key))
        #expect(String(decoding: reply.body, as: UTF8.self).contains("-1100"))
    }

    @Test("every byte of the signed text matters")
    func tampered() async {
        let signed = Array("symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559".utf8)
        // Digits only: another letter may break the request before its signature is looked at.
        for index in signed.indices.dropLast(13) where (48...57).contains(signed[index]) && index < 95 {
            var changed = signed
            changed[index] = changed[index] == 57 ? 48 : changed[index] + 1
            let target =
                "/api/v3/order?" + String(decoding: changed, as: UTF8.self)
                + "&signature=c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"
            let reply = await venue().answer(BinanceRequest(method: "POST", target: target, key: Self.key))
            #expect(String(decoding: reply.body, as: UTF8.self).contains("-1022"))
        }
    }

    @Test("keys, moments and rights are refused in the venue's words")
    func refusals() async throws {
        try await Bench.with { bench async throws in
            let path = "/api/v3/account"
            func stamped(_ shift: Int64, _ more: String = "") -> String {
                let text = more + "timestamp=\(bench.clock.now.milliseconds + shift)"
                return path + "?" + text + "&signature=" + Bench.signature(text)
            }
            let header = [(name: "X-MBX-APIKEY", value: Bench.key)]
            func expect(_ target: String, _ headers: [(name: String, value: String)], _ status: Int, _ code: Int, _ message: String) async throws {
                let answer = try await bench.send(.get, target, headers: headers)
                #expect(answer.status == status && answer.code == code && answer.message == message, "\(target): \(answer.json)")
            }
            try await expect(stamped(0), [], 401, -2014, "API-key format invalid.")
            try await expect("/sapi/v1/account/apiRestrictions?timestamp=1", [], 401, -1002, "You are not authorized to execute this request.")
            try await expect(stamped(0), [("X-MBX-APIKEY", "no key!")], 401, -2014, "API-key format invalid.")
            try await expect(stamped(0), [("X-MBX-APIKEY", "another-key")], 401, -2015, "Invalid API-key, IP, or permissions for action.")
            try await expect(path, header, 400, -1102, "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed.")
            try await expect(path + "?timestamp=1", header, 400, -1102, "Mandatory parameter 'signature' was not sent, was empty/null, or malformed.")
            try await expect(stamped(1_000), header, 400, -1021, "Timestamp for this request was 1000ms ahead of the server's time.")
            try await expect(stamped(-5_001), header, 400, -1021, "Timestamp for this request is outside of the recvWindow.")
            try await expect(stamped(0, "recvWindow=60001&"), header, 400, -1131, "recvWindow must be less than 60000.")
            try await expect(
                path + "?timestamp=\(bench.clock.now.milliseconds)&signature=" + String(repeating: "0", count: 64), header, 400, -1022,
                "Signature for this request is not valid.")
            for fine in [stamped(999), stamped(-5_000), stamped(-60_000, "recvWindow=60000&")] {
                #expect(try await bench.send(.get, fine, headers: header).status == 200)
            }
        }
    }

    @Test("a key that may only read places nothing, a deleted one reads nothing")
    func rights() async throws {
        try await Bench.with { bench async throws in
            bench.venue.changeKey { $0.mayTrade = false }
            #expect(try await bench.order("symbol=BTCUSDT&side=BUY&type=MARKET&quoteOrderQty=100").code == -2015)
            #expect(try await bench.signed(.get, "/api/v3/account").status == 200)
            bench.venue.changeKey { $0.isRevoked = true }
            #expect(try await bench.signed(.get, "/api/v3/account").code == -2015)
            #expect(bench.venue.audit.orders.isEmpty)
        }
    }

    @Test("a clock that is wrong refuses who signs with the right one", arguments: [(-2_000, "1000ms ahead"), (9_000, "outside of the recvWindow")])
    func skew(_ milliseconds: Int64, _ words: String) async throws {
        try await Bench.with { bench async throws in
            bench.venue.setSkew(TimeSpan(milliseconds: milliseconds))
            #expect(try await bench.get("/api/v3/time").integer("serverTime") == bench.clock.now.milliseconds + milliseconds)
            let answer = try await bench.signed(.get, "/api/v3/account")
            #expect(answer.code == -1021 && answer.message?.contains(words) == true)
        }
    }
}
