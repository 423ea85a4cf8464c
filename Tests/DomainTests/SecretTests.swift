// A secret stays one, whichever way it is looked at.
import Domain
import Testing

@Suite("Secret")
struct SecretTests {
    private struct Holder { let name = "telegram", key = Secret("CANARY-7f3a91") }

    @Test("no description, dump or mirror shows it, alone or inside another value")
    func F097_neverShown() {
        let secret = Secret("CANARY-7f3a91")
        var dumped = ""
        dump(secret, to: &dumped)
        dump(Holder(), to: &dumped)
        dump([secret as Secret?], to: &dumped)
        let texts = ["\(secret)", String(describing: secret), String(reflecting: secret), "\(Holder())", String(reflecting: Holder()),
                     "\(Mirror(reflecting: secret).children.map { "\($0)" })", "\([secret])", "\(Optional(secret) as Any)", dumped]
        #expect(texts.filter { $0.contains("CANARY") || $0.contains("7f3a91") } == [])
        #expect(secret.description == "***")
        #expect(secret.reveal() == "CANARY-7f3a91")
    }

    @Test("it cannot be encoded or compared away")
    func notCodable() {
        let secret: Any = Secret("x")
        #expect(!(secret is any Encodable))
        #expect(!(secret is any Decodable))
        #expect(!(secret is any Hashable))
    }

    @Test("texts from outside lose it", arguments: [
        ("bad key CANARY-7f3a91!", "bad key ***!"), ("CANARY-7f3a91CANARY-7f3a91", "******"), ("nothing", "nothing"), ("CANARY-7f3a9", "CANARY-7f3a9"), ("", ""),
    ])
    func hidden(_ message: String, _ expected: String) { #expect(Secret("CANARY-7f3a91").hidden(in: message) == expected) }

    @Test("an empty or tiny secret hides nothing, so that texts stay readable")
    func tiny() { #expect(Secret("").hidden(in: "abc") == "abc" && Secret("a").hidden(in: "abc") == "abc" && Secret("").isEmpty) }
}
