// Certificates and redirects against the openssl program's own server on loopback: verification is
// always on, old protocol versions are refused, redirects go to https only and end.
import Foundation
import HTTPClient
import Kernel
import Ports
import TestSupport
import Testing

/// `openssl s_server` with a certificate of its own for 127.0.0.1, on a port that it finds and tells itself.
final class TLSServer: Sendable {
    static let program = "/usr/bin/openssl"
    static let isAvailable = FileManager.default.isExecutableFile(atPath: program)
    struct NotStarted: Error { let said: String }

    let port: UInt16
    let certificate: String
    private let folder: String
    private let server: Child

    /// Waits on a thread of its own: other tests need the tasks' few.
    static func start(name: String = "IP:127.0.0.1", files: [String: String] = [:], options: [String] = []) async throws -> TLSServer {
        try await Gate.clients.through { try TLSServer(name, files, options) }
    }

    private init(_ name: String, _ files: [String: String], _ options: [String]) throws {
        folder = FileManager.default.temporaryDirectory.path + "/carillon-tls-\(UUID().uuidString)"
        certificate = folder + "/cert.pem"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in files { Files.write(Array(text.utf8), to: "\(folder)/\(name)") }
        let made = try Self.openssl(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout", "key.pem",
                "-out", "cert.pem", "-subj", "/CN=test", "-addext", "subjectAltName=\(name)"
            ], folder
        ).wait(seconds: Self.limit)
        guard made.way == .exit(0) else { throw NotStarted(said: made.everything) }
        server = try Self.openssl(["s_server", "-accept", "127.0.0.1:0", "-cert", "cert.pem", "-key", "key.pem", "-HTTP"] + options, folder)
        while Self.port(in: folder) == nil, !server.ends(within: 20) {}
        guard let port = Self.port(in: folder) else { throw NotStarted(said: server.wait(seconds: Self.limit).everything) }
        self.port = port
    }

    private static let limit = 120

    /// What it says is in `said.out` and `said.err`.
    private static func openssl(_ arguments: [String], _ folder: String) throws -> Child {
        try Child([program] + arguments, environment: [:], folder: folder, output: folder + "/said")
    }

    /// The port of the line `ACCEPT 127.0.0.1:40001`, which comes when the server listens.
    private static func port(in folder: String) -> UInt16? {
        let lines = Files.text(folder + "/said.out").split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return lines.first { $0.hasPrefix("ACCEPT ") }?.split(separator: ":").last.flatMap { UInt16($0) }
    }

    func stop() {
        server.signal(SIGKILL)
        _ = server.wait(seconds: Self.limit)
        Files.remove(folder)
    }
}

@Suite("TLS", .enabled(if: TLSServer.isAvailable, "the openssl program is not installed"))
struct TLSTests {
    private func get(_ path: String, from server: TLSServer, trusted: Bool = true, follows: Bool = false) async -> Result<HTTPResponse, HTTPError> {
        let transport = CurlTransport(version: "1", connectTimeout: .seconds(60), certificateFile: trusted ? server.certificate : nil)
        do throws(HTTPError) {
            return .success(
                try await transport.send(
                    HTTPRequest(.get, "https://127.0.0.1:\(server.port)\(path)", timeout: .seconds(120), followsRedirects: follows)))
        } catch { return .failure(error) }
    }

    private static func page(_ text: String) -> String { "HTTP/1.0 200 OK\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)" }
    private static func hop(_ target: String) -> String { "HTTP/1.0 302 Found\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n" }

    @Test("a certificate for this host from a trusted authority is taken")
    func trusted() async throws {
        let server = try await TLSServer.start(files: ["ok": Self.page("hello")])
        defer { server.stop() }
        #expect(try await get("/ok", from: server).get().body == Array("hello".utf8))
    }

    @Test("an unknown authority is refused")
    func F025_unknownAuthority() async throws {
        let server = try await TLSServer.start(files: ["ok": Self.page("hello")])
        defer { server.stop() }
        guard case .failure(.tls) = await get("/ok", from: server, trusted: false) else { Issue.record("expected tls"); return }
    }

    @Test("a certificate for another host is refused")
    func F025_wrongHost() async throws {
        let server = try await TLSServer.start(name: "DNS:api.example.com", files: ["ok": Self.page("hello")])
        defer { server.stop() }
        guard case .failure(.tls) = await get("/ok", from: server) else { Issue.record("expected tls"); return }
    }

    @Test("TLS 1.1 is refused")
    func F025_oldProtocol() async throws {
        let server = try await TLSServer.start(files: ["ok": Self.page("hello")], options: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
        defer { server.stop() }
        guard case .failure(.tls) = await get("/ok", from: server) else { Issue.record("expected tls"); return }
    }

    @Test("a redirect is followed to https where asked, three times and no further")
    func redirects() async throws {
        let server = try await TLSServer.start(files: [
            "a": Self.hop("/b"), "b": Self.hop("/c"), "c": Self.hop("/d"), "d": Self.page("end"), "z": Self.hop("/a")
        ])
        defer { server.stop() }
        #expect(try await get("/a", from: server, follows: true).get().body == Array("end".utf8))
        #expect(try await get("/z", from: server, follows: true).get().status == 302)
        #expect(try await get("/a", from: server).get().status == 302)
    }

    @Test("a redirect from https to plain http is refused")
    func F025_downgrade() async throws {
        let server = try await TLSServer.start(files: ["a": Self.hop("http://127.0.0.1:1/")])
        defer { server.stop() }
        guard case .failure(.tls) = await get("/a", from: server, follows: true) else { Issue.record("expected tls"); return }
    }
}
