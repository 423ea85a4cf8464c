// Certificates and redirects against the openssl program's own server on loopback: verification is
// always on, old protocol versions are refused, redirects go to https only and end.
import Domain
import Foundation
import HTTPClient
import Ports
import TestSupport
import Testing

/// `openssl s_server` on a free port with a certificate of its own for 127.0.0.1.
final class TLSServer {
    static let program = "/usr/bin/openssl"
    static let isAvailable = FileManager.default.isExecutableFile(atPath: program)
    let folder: URL
    let process = Process()
    let port: UInt16
    var certificate: String { folder.appendingPathComponent("cert.pem").path }

    init(name: String = "IP:127.0.0.1", files: [String: String] = [:], options: [String] = []) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("carillon-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
        let maker = Process()
        maker.executableURL = URL(fileURLWithPath: Self.program)
        maker.currentDirectoryURL = folder
        maker.arguments = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout", "key.pem",
                           "-out", "cert.pem", "-subj", "/CN=test", "-addext", "subjectAltName=\(name)"]
        maker.standardError = FileHandle.nullDevice
        try maker.run()
        maker.waitUntilExit()
        port = try Self.freePort()
        process.executableURL = maker.executableURL
        process.currentDirectoryURL = folder
        process.arguments = ["s_server", "-accept", "127.0.0.1:\(port)", "-cert", "cert.pem", "-key", "key.pem", "-HTTP"] + options
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        for _ in 0..<1_000 where !Self.connects(to: port) { usleep(5_000) }
    }

    /// A port that was free a moment ago.
    private static func freePort() throws -> UInt16 {
        let server = try LoopbackServer { _ in .hangUp }
        defer { server.stop() }
        return server.port
    }

    private static func connects(to port: UInt16) -> Bool {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(probe) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(probe, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
        }
    }

    func stop() {
        kill(process.processIdentifier, SIGKILL)
        try? FileManager.default.removeItem(at: folder)
    }
}

@Suite("TLS", .enabled(if: TLSServer.isAvailable, "the openssl program is not installed"))
struct TLSTests {
    private func get(_ path: String, from server: TLSServer, trusted: Bool = true, follows: Bool = false) async -> Result<HTTPResponse, HTTPError> {
        let transport = CurlTransport(version: "1", connectTimeout: .seconds(60), certificateFile: trusted ? server.certificate : nil)
        do throws(HTTPError) {
            return .success(try await transport.send(HTTPRequest(.get, "https://127.0.0.1:\(server.port)\(path)", timeout: .seconds(120), followsRedirects: follows)))
        } catch { return .failure(error) }
    }

    private static func page(_ text: String) -> String { "HTTP/1.0 200 OK\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)" }
    private static func hop(_ target: String) -> String { "HTTP/1.0 302 Found\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n" }

    @Test("a certificate for this host from a trusted authority is taken")
    func trusted() async throws {
        let server = try TLSServer(files: ["ok": Self.page("hello")])
        defer { server.stop() }
        #expect(try await get("/ok", from: server).get().body == Array("hello".utf8))
    }

    @Test("an unknown authority is refused")
    func F025_unknownAuthority() async throws {
        let server = try TLSServer(files: ["ok": Self.page("hello")])
        defer { server.stop() }
        guard case .failure(.tls) = await get("/ok", from: server, trusted: false) else { Issue.record("expected tls"); return }
    }

    @Test("a certificate for another host is refused")
    func F025_wrongHost() async throws {
        let server = try TLSServer(name: "DNS:api.example.com", files: ["ok": Self.page("hello")])
        defer { server.stop() }
        guard case .failure(.tls) = await get("/ok", from: server) else { Issue.record("expected tls"); return }
    }

    @Test("TLS 1.1 is refused")
    func F025_oldProtocol() async throws {
        let server = try TLSServer(files: ["ok": Self.page("hello")], options: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
        defer { server.stop() }
        guard case .failure(.tls) = await get("/ok", from: server) else { Issue.record("expected tls"); return }
    }

    @Test("a redirect is followed to https where asked, three times and no further")
    func redirects() async throws {
        let server = try TLSServer(files: ["a": Self.hop("/b"), "b": Self.hop("/c"), "c": Self.hop("/d"), "d": Self.page("end"), "z": Self.hop("/a")])
        defer { server.stop() }
        #expect(try await get("/a", from: server, follows: true).get().body == Array("end".utf8))
        #expect(try await get("/z", from: server, follows: true).get().status == 302)
        #expect(try await get("/a", from: server).get().status == 302)
    }

    @Test("a redirect from https to plain http is refused")
    func F025_downgrade() async throws {
        let server = try TLSServer(files: ["a": Self.hop("http://127.0.0.1:1/")])
        defer { server.stop() }
        guard case .failure(.tls) = await get("/a", from: server, follows: true) else { Issue.record("expected tls"); return }
    }
}
