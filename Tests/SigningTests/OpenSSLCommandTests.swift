// Signatures judged by somebody else: the openssl command makes keys and verifies what we sign with them.
import Glibc
import Testing

@testable import Signing

@Suite("Signatures and the openssl command")
struct OpenSSLCommandTests {
    static let isThere = run("openssl version") == 0

    private static func run(_ command: String) -> Int32 { system(command + " >/dev/null 2>&1") }

    private func write(_ bytes: [UInt8], to path: String) {
        guard let file = fopen(path, "w") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    private func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    @Test(
        "openssl verifies our Ed25519 signatures, and its keys of another kind or under a passphrase are refused",
        .enabled(if: isThere, "there is no openssl command"))
    func verified() throws {
        var template = Array("/tmp/carillon-signing-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer { _ = Self.run("rm -r '\(folder)'") }
        try #require(Self.run("openssl genpkey -algorithm ed25519 -out '\(folder)/key.pem'") == 0)
        try #require(Self.run("openssl pkey -in '\(folder)/key.pem' -pubout -out '\(folder)/public.pem'") == 0)
        let key = try #require(Ed25519Key(pem: read("\(folder)/key.pem")))
        for message in ["", "timestamp=1700000000000", String(repeating: "x", count: 5_000)] {
            write(Array(message.utf8), to: "\(folder)/message")
            write(key.signature(of: Array(message.utf8)), to: "\(folder)/signature")
            let verify = "openssl pkeyutl -verify -pubin -inkey '\(folder)/public.pem' -rawin -in '\(folder)/message' -sigfile '\(folder)/signature'"
            // This command cannot read an empty file; the RFC's first vector covers that case.
            if !message.isEmpty { #expect(Self.run(verify) == 0) }
            write(key.signature(of: Array((message + ".").utf8)), to: "\(folder)/signature")
            #expect(Self.run(verify) != 0)
        }
        try #require(Self.run("openssl genpkey -algorithm x25519 -out '\(folder)/other.pem'") == 0)
        try #require(Self.run("openssl pkcs8 -topk8 -in '\(folder)/key.pem' -passout pass:hush -out '\(folder)/locked.pem'") == 0)
        for name in ["other", "locked"] { #expect(Ed25519Key(pem: read("\(folder)/\(name).pem")) == nil) }
    }
}
