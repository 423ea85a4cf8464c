// Published vectors of the hashes and signatures: RFC 4231, RFC 4648, RFC 8032, and the venue's own example.
import Testing

@testable import Signing

@Suite("Signing")
struct SigningTests {
    static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16) }
    }

    @Test("SHA-256 and HMAC give the published codes")
    func codes() {
        #expect(SHA256.hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(SHA256.hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        let hi = Array("Hi There".utf8), key = [UInt8](repeating: 0x0b, count: 20)
        #expect(Hex.encode(HMAC.sha256(key: key, hi)) == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(Hex.encode(HMAC.sha512(key: key, hi)).hasPrefix("87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"))
        // A key longer than the block is hashed first.
        let long = [UInt8](repeating: 0xaa, count: 131), text = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
        #expect(Hex.encode(HMAC.sha256(key: long, text)) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        #expect(HMAC.sha256(key: [], []).count == 32)
    }

    @Test(
        "the venue's worked examples of a signed request",
        arguments: [
            ("symbol=LTCBTC", "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"),
            ("symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96", "e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3")
        ])
    func binance(symbol: String, signature: String) {
        let key = Array("NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j".utf8)
        let payload = symbol + "&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559"
        #expect(Hex.encode(HMAC.sha256(key: key, Array(payload.utf8))) == signature)
    }

    @Test("base64 with each kind of padding", arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func base64(text: String, encoded: String) { #expect(Base64.encode(Array(text.utf8)) == encoded) }

    @Test("comparing in constant time says the same as comparing")
    func constantTime() {
        #expect(ConstantTime.equal([1, 2], [1, 2]) && ConstantTime.equal([], []))
        #expect(!ConstantTime.equal([1, 2], [1, 3]) && !ConstantTime.equal([1, 2], [1, 2, 3]))
    }

    @Test(
        "Ed25519 gives the signatures of RFC 8032",
        arguments: [
            (
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
            (
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            )
        ])
    func ed25519(seed: String, message: String, signature: String) throws {
        #expect(Hex.encode(try #require(Ed25519Key(seed: Self.bytes(seed))).signature(of: Self.bytes(message))) == signature)
    }

    /// Of the first vector above, in the PKCS#8 form that files have.
    static let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n"

    @Test("a PEM text is the key it holds, and prints as nothing")
    func pem() throws {
        let key = try #require(Ed25519Key(pem: Self.pem))
        #expect(Hex.encode(key.signature(of: [])).hasPrefix("e5564300c360ac72"))
        #expect("\(key)" == "***")
        #expect(String(reflecting: key) == "***" && Mirror(reflecting: key).children.isEmpty)
    }

    @Test("what is no Ed25519 key is refused: nothing, half a text, another kind")
    func notAKey() {
        for text in ["", "secret", String(Self.pem.prefix(60)), Self.pem.replacing("K2VwB", with: "K2VuB")] {
            #expect(Ed25519Key(pem: text) == nil)
        }
        #expect(Ed25519Key(seed: [1, 2, 3]) == nil)
    }
}
