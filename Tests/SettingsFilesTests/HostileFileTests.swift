// Files that are no settings file, or only pretend to be one: refused before they can cost anything.
import Kernel
import Settings
import Testing

@testable import SettingsFiles

@Suite("Hostile and broken files")
struct HostileFileTests {
    @Test(
        "what YAML allows and settings never need is refused",
        arguments: [
            ("cycle:\n\tinterval: 1 h\n", ":2:1: has a tab; use spaces"),
            ("cycle: &c\n  candles: 200\n", ":1:8: has '&' where an anchor, alias or tag may begin; write the value out"),
            ("cycle: *c\n", ":1:8: has '*' where an anchor, alias or tag may begin; write the value out"),
            ("a: {k:&x 1}\n", ":1:7: has '&' where an anchor, alias or tag may begin; write the value out"),
            ("risk: !include other.yaml\n", ":1:7: has '!' where an anchor, alias or tag may begin; write the value out"),
            ("\"x\n # \": &a\n", ":2:7: has '&' where an anchor, alias or tag may begin; write the value out"),
            ("%YAML 1.1\n---\ncycle: {}\n", ":1:1: has a directive; remove the line"),
            ("cycle: {}\n---\ncycle: {}\n", ":2:1: begins a second document; a settings file is one"),
            ("cycle: {}\n...\n", ":2:1: begins a second document; a settings file is one"),
            ("report:\n  zone: U\u{0}TC\n", ":2:10: has a control character"),
            ("report: {} # \u{85}risk: x\n", ":1:14: has a control character"),
            ("cycle: {}\nreport: {}\ncycle: {}\n", ":1:1: key 'cycle' stands here and again below; keep one"),
            ("cycle:\n  interval: 1 h\n  interval: 2 h\n", ":2:3: key 'interval' stands here and again below; keep one"),
            ("a: [[[[[[[[[[1]]]]]]]]]]\n", ":1:11: nests too deep for a settings file"),
            ("{a: b}: c\n", ":1:1: a key must be a word"),
            ("cycle: {interval: 1 h\n", ":2:1: is not valid YAML here: did not find expected ',' or '}'")
        ])
    func refused(_ yaml: String, _ expected: String) {
        #expect(problems(yaml) == ["config/carillon.yaml" + expected])
    }

    @Test("a thousandfold nest, a megabyte and other encodings end in an answer")
    func sizes() {
        #expect(problems("a: " + String(repeating: "[", count: 500_000) + "\n").count == 1)
        #expect(problems(String(repeating: "a: b\n", count: 250_000)) == ["config/carillon.yaml: is larger than 1 MB; a settings file is a few kB"])
        var reader = SettingsReader()
        reader.readMain(Array("report:\n  zone: ".utf8) + [0xC3, 0x28, 10], file: "f")
        guard case .failure(let error) = reader.result() else { Issue.record("accepted"); return }
        #expect(error.problems.map(\.description) == ["f:2:9: is not UTF-8 text"])
        var wide = SettingsReader()
        wide.readMain([0xFF, 0xFE, 0x61, 0, 0x3A, 0, 10, 0], file: "f")
        guard case .failure(let said) = wide.result() else { Issue.record("accepted"); return }
        #expect(said.problems.map(\.description) == ["f: is UTF-16 text; save it as UTF-8"])
    }

    @Test("an ampersand inside an address, a byte order mark, CRLF and a leading --- are no mistake")
    func allowed() {
        #expect(problems("\u{FEFF}---\r\nfeeds:\r\n  news: ['https://example.org/rss?a=1&b=2'] # it's fine\r\n") == [])
        #expect(problems("# *all* &of this is a comment\ncycle: {}\n") == [])
    }

    @Test("over seeds: bytes broken at random end in settings or problems, never in a crash")
    func fuzz() {
        var random = SplitMix64(seed: 11)
        let whole = Array((SettingsText.main(.default)).utf8)
        var refused = 0
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: index)
                default: bytes.insert(contentsOf: Array("[{&*!|>'\"%#:-,\n".utf8).shuffled(using: &random).prefix(2), at: index)
                }
            }
            var reader = SettingsReader()
            reader.readMain(bytes, file: "f")
            switch reader.result() {
            case .success(let settings): #expect(settings.problems() == [])
            case .failure(let error): refused += 1; #expect(!error.problems.isEmpty)
            }
        }
        #expect(refused > 200)
    }
}
