// The live transport against a real server on loopback: what it sends, what it takes, what it refuses.
import HTTPClient
import Kernel
import Ports
import TestSupport
import Testing

/// A server for the length of one test.
func withServer<T>(_ script: @escaping LoopbackServer.Script, _ body: (LoopbackServer, CurlTransport) async throws -> T) async throws -> T {
    let server = try LoopbackServer(script)
    defer { server.stop() }
    return try await body(server, CurlTransport(version: "1.2.3", connectTimeout: .minutes(5)))
}

/// What a request that must fail fails with.
func failure(_ transport: CurlTransport, _ request: HTTPRequest) async -> HTTPError? {
    do throws(HTTPError) {
        _ = try await transport.send(request)
        return nil
    } catch { return error }
}

@Suite("CurlTransport")
struct CurlTransportTests {
    @Test(
        "each method arrives with its headers and body",
        arguments: [
            (HTTPRequest.Method.get, ""), (.post, "{\"a\":1}"), (.post, ""), (.put, "x"), (.delete, ""), (.delete, "id=1")
        ])
    func methods(_ method: HTTPRequest.Method, _ body: String) async throws {
        try await withServer({ _ in .json("{}") }) { server, transport in
            let headers = [(name: "X-Key", value: "v; w"), (name: "X-Empty", value: "")]
            let response = try await transport.send(HTTPRequest(method, server.url + "/p?q=%20", headers: headers, body: Array(body.utf8)))
            #expect(response.status == 200)
            let seen = try #require(server.requests.first)
            #expect(seen.method == method.rawValue)
            #expect(seen.target == "/p?q=%20")
            #expect(seen.text == body)
            #expect(seen.header("x-key") == "v; w")
            #expect(seen.header("x-empty") == "")
            #expect(seen.header("user-agent") == "Carillon/1.2.3")
            #expect(seen.header("content-type") == nil)
            #expect(seen.header("expect") == nil)
        }
    }

    @Test("a large body is sent whole")
    func largeBody() async throws {
        try await withServer({ .json("\($0.body.count)") }) { server, transport in
            let body = [UInt8](repeating: 65, count: 3 << 20)
            let response = try await transport.send(HTTPRequest(.post, server.url, headers: [("content-type", "text/plain")], body: body))
            #expect(String(decoding: response.body, as: UTF8.self) == "\(3 << 20)")
            #expect(server.requests.first?.header("content-type") == "text/plain")
        }
    }

    @Test("header names come in lower case, in order, values trimmed, any status is an answer")
    func headerCase() async throws {
        let answer = ScriptedAnswer.json("{\"e\":1}", status: 429, headers: [("Retry-AFTER", "  7 "), ("X-Two", "a"), ("x-two", "b")])
        try await withServer({ _ in answer }) { server, transport in
            let response = try await transport.send(HTTPRequest(.get, server.url))
            #expect(response.status == 429)
            #expect(response.header("retry-after") == "7")
            #expect(response.headers.map(\.name) == ["content-type", "retry-after", "x-two", "x-two", "content-length"])
        }
    }

    @Test("gzip is undone")
    func gzip() async throws {
        try await withServer({ _ in .gzipped("{\"ok\":true}") }) { server, transport in
            let response = try await transport.send(HTTPRequest(.get, server.url))
            #expect(String(decoding: response.body, as: UTF8.self) == "{\"ok\":true}")
            #expect(server.requests.first?.header("accept-encoding")?.contains("gzip") == true)
        }
    }

    @Test("a connection serves many requests")
    func reuse() async throws {
        try await withServer({ _ in .json("{}") }) { server, transport in
            for _ in 0..<20 { _ = try await transport.send(HTTPRequest(.get, server.url)) }
            #expect(server.requests.count == 20)
            // libcurl leaves a connection that was idle for two minutes; on a busy machine this test may have to wait as long, once or twice.
            #expect(server.connections <= 3)
        }
    }

    @Test(
        "what changes something is sent once, also where the connection was used before and breaks",
        arguments: [HTTPRequest.Method.post, .put, .delete])
    func sentOnce(_ method: HTTPRequest.Method) async throws {
        try await withServer({ $0.method == "GET" ? .json("{}") : .hangUp }) { server, transport in
            _ = try await transport.send(HTTPRequest(.get, server.url))
            await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(method, server.url)) }
            #expect(server.requests.map(\.method) == ["GET", method.rawValue])
        }
    }

    @Test("sixty-four requests at once are all answered, each with its own answer")
    func concurrent() async throws {
        try await withServer({ .json($0.target) }) { server, transport in
            let bodies = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        let response = try await transport.send(HTTPRequest(.get, server.url + "/\(number)"))
                        return String(decoding: response.body, as: UTF8.self) == "/\(number)"
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(bodies == 64)
        }
    }

    @Test("a redirect is handed back, not followed, unless asked")
    func redirectHandedBack() async throws {
        try await withServer({ _ in ScriptedAnswer(status: 302, headers: [("Location", "/elsewhere")], body: []) }) { server, transport in
            let response = try await transport.send(HTTPRequest(.get, server.url))
            #expect(response.status == 302)
            #expect(server.requests.count == 1)
        }
    }

    @Test("a redirect to plain http is refused even on loopback")
    func redirectToPlain() async throws {
        try await withServer({ _ in ScriptedAnswer(status: 302, headers: [("Location", "/elsewhere")], body: []) }) { server, transport in
            let error = await failure(transport, HTTPRequest(.get, server.url, followsRedirects: true))
            #expect(error == .tls("redirected to something other than https"))
            #expect(server.requests.count == 1)
        }
    }

    @Test("a request with a header that may be a secret never follows, nor does a POST")
    func redirectWithSecret() async throws {
        try await withServer({ _ in ScriptedAnswer(status: 307, headers: [("Location", "https://127.0.0.1:1/")], body: []) }) { server, transport in
            let keyed = HTTPRequest(.get, server.url, headers: [("X-Api-Key", "k")], followsRedirects: true)
            let got1 = try await transport.send(keyed)
            #expect(got1.status == 307)
            let got2 = try await transport.send(HTTPRequest(.post, server.url, followsRedirects: true))
            #expect(got2.status == 307)
        }
    }

    @Test(
        "a bad target or header is refused before anything is sent",
        arguments: [
            ("http://example.com/", HTTPError.tls("plain http is only for loopback hosts")),
            ("http://127.0.0.1.example.com/", .tls("plain http is only for loopback hosts")),
            ("http://localhost.example.com/", .tls("plain http is only for loopback hosts")),
            ("http://[::2]/", .tls("plain http is only for loopback hosts")),
            ("file:///etc/passwd", nil), ("gopher://127.0.0.1/", nil), ("127.0.0.1/", nil), ("", nil), ("http://", nil),
            ("http://user:pass@127.0.0.1/", nil), ("http://127.0.0.1/a b", nil), ("http://127.0.0.1/\r\nX: y", nil), ("https://bücher.example/", nil)
        ] as [(String, HTTPError?)])
    func refusedTargets(_ url: String, _ expected: HTTPError?) async throws {
        let error = try #require(await failure(CurlTransport(version: "1"), HTTPRequest(.get, url)))
        if let expected {
            #expect(error == expected)
        } else if case .unreachable(let text) = error {
            #expect(text.hasPrefix("refused"))
        } else {
            Issue.record("\(error)")
        }
    }

    @Test(
        "no header can smuggle in another line",
        arguments: [
            ("X-A", "1\r\nX-B: 2"), ("X-A", "1\nX-B: 2"), ("X-A", "1\u{0}"), ("X A", "1"), ("X:A", "1"), ("", "1"), ("X\r\n", "1")
        ])
    func headerInjection(_ name: String, _ value: String) async throws {
        try await withServer({ _ in .json("{}") }) { server, transport in
            let error = try #require(await failure(transport, HTTPRequest(.get, server.url, headers: [(name, value)])))
            guard case .unreachable = error else { Issue.record("\(error)"); return }
            #expect(server.requests.isEmpty)
            #expect(!"\(error)".contains("X-B"))
        }
    }

    @Test("a name that does not exist, a port that is closed, and noise are told apart")
    func connectionFailures() async throws {
        let transport = CurlTransport(version: "1")
        guard case .unreachable(let text) = await failure(transport, HTTPRequest(.get, "http://127.0.0.1:1/bot123:secret/x?k=v")) else {
            Issue.record("expected unreachable")
            return
        }
        #expect(text.contains("127.0.0.1") && !text.contains("secret"))
        for noise in ["SSH-2.0-x\r\n\r\n", "", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc"] {
            try await withServer({ _ in .raw(noise) }) { server, transport in
                let error = await failure(transport, HTTPRequest(.get, server.url))
                guard case .broken = error else { Issue.record("expected broken, not \(String(describing: error))"); return }
            }
        }
    }

    @Test("cancelling the task ends the transfer, and the transport lives on")
    func cancellation() async throws {
        try await withServer({ $0.target == "/hang" ? .silence : .json("{}") }) { server, transport in
            let task = Task { await failure(transport, HTTPRequest(.get, server.url + "/hang", timeout: .minutes(5))) }
            while server.requests.isEmpty { await Task.yield() }
            task.cancel()
            #expect(await task.value == .cancelled)
            let got3 = try await transport.send(HTTPRequest(.get, server.url))
            #expect(got3.status == 200)
        }
    }

    @Test("a task cancelled before it sends sends nothing")
    func cancelledBefore() async throws {
        try await withServer({ _ in .json("{}") }) { server, transport in
            let errors = await withTaskGroup(of: HTTPError?.self) { group in
                group.cancelAll()
                for _ in 0..<20 { group.addTask { await failure(transport, HTTPRequest(.get, server.url)) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(errors == [HTTPError?](repeating: .cancelled, count: 20))
            #expect(server.requests.isEmpty)
        }
    }

    @Test("a transport that is let go closes its connections and ends what still runs")
    func letGo() async throws {
        let server = try LoopbackServer { $0.target == "/hang" ? .silence : .json("{}") }
        defer { server.stop() }
        var transport: CurlTransport? = CurlTransport(version: "1")
        _ = try await transport?.send(HTTPRequest(.get, server.url))
        #expect(server.openConnections == 1)
        transport = nil
        while server.openConnections > 0 { await Task.yield() }
        #expect(server.connections == 1)
    }
}
