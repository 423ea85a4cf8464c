// Canary secrets in the environment: no byte of them in anything that is printed, written or kept (fault 97).
import Glibc
import SettingsFiles
import TestSupport
import Testing

@Suite("Secrets")
struct SecretTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    private static let canaries = [
        "CARILLON_ANTHROPIC_API_KEY": "sk-ant-canary-7f3a91c2e5", "CARILLON_OPENAI_API_KEY": "sk-canary-openai-b81d40aa62",
        "CARILLON_TELEGRAM_TOKEN": "1234567890:AAcanarytelegram-c0ffee42_d9Zq7Lw3xYv0", "CARILLON_NEWSAPI_KEY": "canarynews5d0e8b17f3",
        "CARILLON_COINGECKO_KEY": "CG-canarygecko9e21a4", "CARILLON_BINANCE_API_KEY": "canarybinancekey41d7",
        "CARILLON_BINANCE_API_SECRET": "canarybinancesecret90ab", "CARILLON_BINANCE_PRIVATE_KEY": "canarybinanceprivate6e0d"
    ]

    /// Channels, models and feeds that need every one of them, at an address where nobody answers.
    private static let settings = """
        feeds:
          newsapi: true
          coingecko: true
        panel:
          - {name: trend, kind: indicator, role: voter}
          - {name: momentum, kind: indicator, role: voter}
          - {name: technical, kind: prompt, role: voter, model: some-model, provider: anthropic}
          - {name: sentiment, kind: prompt, role: voter, model: other-model, provider: openai}
        models:
          anthropicURL: http://127.0.0.1:1
          openaiURL: http://127.0.0.1:1/v1
          prices: {some-model: free, other-model: free}
        telegram: {enabled: true, chatId: 4242, baseURL: "http://127.0.0.1:1"}

        """

    @Test("no output, log, record or journal holds a byte of a secret, also where everything that uses it fails")
    func F097_noSecretAnywhere() async throws {
        let home = bench.home()
        // Two of the feeds have fixed addresses, which a test may not ask: they are left out where something is sent.
        let sending = Self.settings.replacing("feeds:\n  newsapi: true\n  coingecko: true\n", with: "prompts: \(Self.prompts)\n")
        let file = bench.write("settings.yaml", sending), full = bench.write("full.yaml", Self.settings)
        var said: [(String, Ended)] = []
        for command in [
            "monitor", "cycle", "status", "doctor", "report", "explain NOPE", "journal verify", "alert carillon-cycle.service", "halt",
            "doctor --json", "frobnicate"
        ] {
            let arguments = command.split(separator: " ").map(String.init)
            said.append(
                (command, try await bench.run(arguments + (command == "frobnicate" ? [] : ["--home", home, "--config", file]), Self.canaries)))
        }
        for command in [["doctor", "--offline"], ["status"]] {
            said.append((command[0], try await bench.run(command + ["--home", home, "--config", full], Self.canaries)))
        }
        said.append(("demo", try await bench.run(["demo", "--hours", "1", "--seed", "7", "--home", bench.home("demo")], Self.canaries)))

        #expect(Set(Self.canaries.keys) == Set(SecretName.allCases.map(\.variable)))
        let cycle = try #require(said.first { $0.0 == "cycle" }?.1)
        #expect(cycle.way == .exit(0), "\(cycle)")
        let chain = try Chain(bench.journal(home))
        #expect(chain.count("cycleClosed") == 1 && chain.count("messageQueued") > 0, "there was something to send: \(chain.kinds)")
        for (name, secret) in Self.canaries {
            for (command, ended) in said { #expect(!ended.everything.contains(secret), "\(name) in the words of \(command)") }
            for path in Files.all(below: bench.folder) {
                #expect(!(Files.bytes(path) ?? []).holds(Array(secret.utf8)), "\(name) in \(path)")
            }
        }
    }

    @Test(
        "the search of these tests finds what is there",
        arguments: [("abc", "abc", true), ("aabab", "ab", true), ("aaab", "aab", true), ("ab", "abc", false), ("xaxbxc", "abc", false)])
    func search(text: String, part: String, found: Bool) {
        #expect(Array(text.utf8).holds(Array(part.utf8)) == found)
    }

    @Test("a secret in a settings file is refused without being repeated")
    func secretInSettings() async throws {
        let file = bench.write("settings.yaml", "telegram:\n  token: 1234567890:AAcanary\n")
        let ended = try await bench.run(["cycle", "--home", bench.home(), "--config", file])
        #expect(ended.way == .exit(78) && !ended.everything.contains("AAcanary") && ended.error.contains("CARILLON_TELEGRAM_TOKEN"), "\(ended)")
    }

    /// The prompts of this repository.
    private static var prompts: String {
        (#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3) + ["prompts"]).joined(separator: "/")
    }
}

extension [UInt8] {
    /// Whether `part` occurs in it; the reserve of a home is 64 MiB, so the search is the C library's.
    func holds(_ part: [UInt8]) -> Bool {
        guard let first = part.first else { return false }
        return withUnsafeBytes { bytes in
            var rest = bytes[...]
            while rest.count >= part.count, let start = rest.place(of: first) {
                rest = rest[start...]
                if rest.count >= part.count, part.indices.allSatisfy({ rest[start + $0] == part[$0] }) { return true }
                rest = rest.dropFirst()
            }
            return false
        }
    }
}

extension Slice<UnsafeRawBufferPointer> {
    /// Where `byte` first occurs.
    fileprivate func place(of byte: UInt8) -> Int? {
        guard let begin = base.baseAddress, let found = memchr(begin + startIndex, Int32(byte), count) else { return nil }
        return UnsafeRawPointer(found) - begin
    }
}
