// Rows of the fault catalogue that concern one exchange: bodies cut short, bodies without end, answers
// that drip, and texts that must hold no secret.
import HTTPClient
import Kernel
import Ports
import TestSupport
import Testing

@Suite("HTTP faults")
struct HTTPFaultTests {
    @Test("a body cut short is no answer")
    func F026_truncatedBody() async throws {
        try await withServer({ _ in .truncated("{\"a\":1,\"b\":2}", after: 6) }) { server, transport in
            guard case .broken = await failure(transport, HTTPRequest(.get, server.url)) else { Issue.record("expected broken"); return }
        }
    }

    @Test("a 50 MB body ends at the limit, whether it was announced or not", arguments: [true, false])
    func F026_hugeBody(_ announced: Bool) async throws {
        try await withServer({ _ in .huge(bytes: 50 << 20, announced: announced) }) { server, transport in
            #expect(await failure(transport, HTTPRequest(.get, server.url, maximumBytes: 1 << 20)) == .tooLarge(limit: 1 << 20))
        }
    }

    @Test("a body of exactly the limit is taken, one byte more is not")
    func F026_limitIsExact() async throws {
        try await withServer({ _ in .json("0123456789") }) { server, transport in
            let got1 = try await transport.send(HTTPRequest(.get, server.url, maximumBytes: 10))
            #expect(got1.body.count == 10)
            #expect(await failure(transport, HTTPRequest(.get, server.url, maximumBytes: 9)) == .tooLarge(limit: 9))
        }
    }

    @Test("a gzip bomb ends at the limit, counted after decompression")
    func F026_gzipBomb() async throws {
        // Made before the request's time runs.
        let bomb = ScriptedAnswer.gzipBomb(bytes: 50 << 20)
        try await withServer({ _ in bomb }) { server, transport in
            #expect(await failure(transport, HTTPRequest(.get, server.url, maximumBytes: 1 << 20)) == .tooLarge(limit: 1 << 20))
        }
    }

    @Test("endless headers end as well")
    func F026_hugeHeaders() async throws {
        let lines = (0..<4_000).map { "X-H\($0): \(String(repeating: "h", count: 40))\r\n" }.joined()
        try await withServer({ _ in .raw("HTTP/1.1 200 OK\r\n" + lines + "\r\n") }) { server, transport in
            #expect(await failure(transport, HTTPRequest(.get, server.url)) == .tooLarge(limit: 65_536))
        }
    }

    @Test("an answer that drips is cut at the deadline, and so is silence", arguments: [true, false])
    func F079_slowAnswer(_ drips: Bool) async throws {
        let answer = drips ? ScriptedAnswer.drip(everyMilliseconds: 10) : .silence
        try await withServer({ _ in answer }) { server, transport in
            #expect(await failure(transport, HTTPRequest(.get, server.url, timeout: TimeSpan(milliseconds: 250))) == .timeout)
        }
    }

    @Test("a request and its errors print no key")
    func F097_nothingPrinted() async throws {
        let canary = "CANARY-7f3a91"
        let request = HTTPRequest(.post, "https://127.0.0.1:1/\(canary)?k=\(canary)", headers: [("authorization", canary)], body: Array(canary.utf8))
        var dumped = ""
        dump(request, to: &dumped)
        let error = await failure(CurlTransport(version: "1"), request)
        #expect(![dumped, "\(request)", String(reflecting: request), "\(String(describing: error))"].contains { $0.contains(canary) })
    }
}
