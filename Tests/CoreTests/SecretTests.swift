// A secret stays one, whichever way it is looked at.
import Kernel
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
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\(Holder())", String(reflecting: Holder()),
            "\(Mirror(reflecting: secret).children.map { "\($0)" })", "\([secret])", "\(Optional(secret) as Any)", dumped
        ]
        #expect(texts.filter { $0.contains("CANARY") || $0.contains("7f3a91") } == [])
        #expect(secret.description == "***")
        #expect(secret.reveal() == "CANARY-7f3a91")
    }

    @Test(
        "a text that repeats it in another spelling shows none of it",
        arguments: [
            "KEY: ABCDEFGH12345678", "a b c d e f g h 1 2 3 4 5 6 7 8", "abcd-efgh-1234-5678", "87654321hgfedcba", "61626364656667683132333435363738",
            "abcdefgh12******", "******gh12345678", "AbCdEfGh12345678.", "'abcd' 'efgh' '1234' '5678'"
        ])
    func respelled(_ text: String) {
        let shown = Secret("abcdefgh12345678").hidden(in: "refused: \(text) is no key")
        let left = shown.lowercased().filter { $0.isLetter || $0.isNumber }
        #expect(shown.contains("***"))
        for trace in ["abcdefgh", "12345678", "hgfedcba", "87654321", "61626364"] { #expect(!left.contains(trace), "\(shown)") }
    }

    @Test("words that only resemble it stay", arguments: ["the chat abcdefg is not known", "code 1234567", "", "abcdefg-1234567"])
    func resembling(_ text: String) { #expect(Secret("abcdefgh12345678").hidden(in: text) == text) }

    @Test("it cannot be encoded or compared away")
    func notCodable() {
        let secret: Any = Secret("x")
        #expect(!(secret is any Encodable))
        #expect(!(secret is any Decodable))
        #expect(!(secret is any Hashable))
    }

    @Test(
        "texts from outside lose it",
        arguments: [
            ("bad key CANARY-7f3a91!", "bad key ***!"), ("CANARY-7f3a91CANARY-7f3a91", "******"), ("nothing", "nothing"), ("CANARY-7f3a9", "***"),
            ("CANARY", "CANARY"), ("", "")
        ])
    func hidden(_ message: String, _ expected: String) { #expect(Secret("CANARY-7f3a91").hidden(in: message) == expected) }

    @Test("an empty or tiny secret hides nothing, so that texts stay readable")
    func tiny() { #expect(Secret("").hidden(in: "abc") == "abc" && Secret("a").hidden(in: "abc") == "abc" && Secret("").isEmpty) }
}
