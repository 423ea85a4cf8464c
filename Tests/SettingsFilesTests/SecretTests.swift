// Keys and tokens: refused in files, never echoed, and read from the two places they belong in.
import Kernel
import Testing

@testable import SettingsFiles

@Suite("Secrets")
struct SecretTests {
    private static let canary = "8312345678:AAHk3fQ0canary0canary0canary00000"

    @Test(
        "a secret in the file is sent to its place",
        arguments: [
            (
                "telegram:\n  token: ",
                "2:3: 'token' is a secret and does not belong in a file; put it in the environment as CARILLON_TELEGRAM_TOKEN or a systemd credential"
            ),
            (
                "models:\n  anthropic_api_key: ",
                "2:3: 'anthropic_api_key' is a secret and does not belong in a file; put it in the environment as CARILLON_ANTHROPIC_API_KEY or a "
                    + "systemd credential"
            ),
            (
                "models:\n  openaiApiKey: ",
                "2:3: 'openaiApiKey' is a secret and does not belong in a file; put it in the environment as CARILLON_OPENAI_API_KEY or a systemd "
                    + "credential"
            ),
            (
                "api_key: ",
                "1:1: 'api_key' is a secret and does not belong in a file; put it in the environment as one of CARILLON_ANTHROPIC_API_KEY, "
                    + "CARILLON_OPENAI_API_KEY, CARILLON_TELEGRAM_TOKEN, CARILLON_NEWSAPI_KEY, CARILLON_COINGECKO_KEY, CARILLON_BINANCE_API_KEY, "
                    + "CARILLON_BINANCE_API_SECRET, CARILLON_BINANCE_PRIVATE_KEY or a systemd credential"
            )
        ])
    func refused(_ head: String, _ expected: String) {
        let found = problems(head + "'\(Self.canary)'\n")
        #expect(found == ["config/carillon.yaml:" + expected])
    }

    @Test(
        "a secret in any setting's place is not repeated",
        arguments: [
            "telegram:\n  chatId: '%'\n", "models:\n  provider: '%'\n", "'%': 1\n", "cycle: '%'\n", "panel: ['%']\n", "models:\n  prices: {m: '%'}\n",
            "report:\n  zone: '%'\n", "universe:\n  stablecoins: ['%']\n", "'%': 1\n'%': 2\n", "universe:\n  overrides: {'%': x}\n",
            "panel:\n  - {name: '%', kind: indicator, role: voter}\n", "models:\n  openaiURL: '%'\n", "universe:\n  overrides: {BTC: '%'}\n",
            "feeds:\n  news: ['%']\n", "risk: '%'\ncycle: {candles: 1}\n", "models:\n  prices: {'%': 1}\n"
        ])
    func neverEchoed(_ template: String) {
        for canary in [Self.canary, "sk-ant-api03-canary-canary"] {
            let text = problems(template.split(separator: "%", omittingEmptySubsequences: false).joined(separator: canary)).joined()
            #expect(!text.isEmpty && !text.contains("canary"), "\(text)")
        }
    }

    @Test("a text setting never takes a key, and a model's long name is no key")
    func shapes() {
        #expect(
            problems("universe:\n  overrides: {BTC: sk-ant-api03-canary-canary}\n") == [
                "config/carillon.yaml:2:20: universe.overrides.BTC looks like a secret (not shown); put it in the environment or a systemd credential"
            ])
        #expect(problems("models:\n  prices: {some-long-model-name-4-5-20251001: free}\n") == [])
    }

    @Test("credentials come before the environment, and lose a byte order mark and one line break")
    func order() throws {
        let scratch = try Scratch()
        _ = try scratch.write("telegram_token", "\u{FEFF}from-file\n", mode: 0o400)
        let environment = [
            "CREDENTIALS_DIRECTORY": scratch.path, "CARILLON_TELEGRAM_TOKEN": "from-env", "CARILLON_NEWSAPI_KEY": "news",
            "CARILLON_OPENAI_API_KEY": ""
        ]
        let sources = SecretSources { environment[$0] }
        #expect(try sources.secret(.telegramToken)?.reveal() == "from-file")
        #expect(try sources.secret(.newsapiKey)?.reveal() == "news")
        #expect(try sources.secret(.openaiKey) == nil)
        #expect(try sources.secret(.coingeckoKey) == nil)
    }

    @Test(
        "a secret that cannot be used is an error that does not show it",
        arguments: [
            ("canary canary", 0o400, "has a space, line break or other character no key has"), ("", 0o400, "is empty"),
            ("canary\n\n", 0o400, "has a space, line break or other character no key has"),
            ("canary", 0o644, "may be changed or read by others; chmod 0400 it"),
            ("canary", 0o420, "may be changed or read by others; chmod 0400 it"),
            (String(repeating: "canary", count: 800), 0o400, "is larger than 4096 bytes")
        ])
    func unusable(_ text: String, _ mode: Int, _ reason: String) throws {
        let scratch = try Scratch()
        let file = try scratch.write("coingecko_key", text, mode: mode)
        let sources = SecretSources { ["CREDENTIALS_DIRECTORY": scratch.path + "/", "CARILLON_COINGECKO_KEY": "other"][$0] }
        #expect(throws: SecretError(source: file, reason: reason)) { try sources.secret(.coingeckoKey) }
    }

    @Test("only a key file's text has line breaks, and no control characters")
    func keyFile() throws {
        let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n"
        let sources = SecretSources { ["CARILLON_BINANCE_PRIVATE_KEY": pem, "CARILLON_BINANCE_API_SECRET": pem][$0] }
        #expect(try sources.secret(.binancePrivateKey)?.reveal() == pem)
        #expect(throws: SecretError.self) { try sources.secret(.binanceSecret) }
        #expect(throws: SecretError.self) { try SecretSources { _ in "a\u{1B}b" }.secret(.binancePrivateKey) }
    }

    @Test(
        "each of a service's secrets is sent to its own place",
        arguments: [
            ("apiKey", "CARILLON_BINANCE_API_KEY"), ("apiSecret", "CARILLON_BINANCE_API_SECRET"), ("private_key", "CARILLON_BINANCE_PRIVATE_KEY")
        ])
    func ownPlace(_ key: String, _ variable: String) {
        #expect(problems("exchange:\n  binance_\(key): x\n").joined().contains("as \(variable) or"))
    }

    @Test(
        "names of variables and credentials",
        arguments: zip(
            SecretName.allCases,
            [
                "CARILLON_ANTHROPIC_API_KEY", "CARILLON_OPENAI_API_KEY", "CARILLON_TELEGRAM_TOKEN", "CARILLON_NEWSAPI_KEY", "CARILLON_COINGECKO_KEY",
                "CARILLON_BINANCE_API_KEY", "CARILLON_BINANCE_API_SECRET", "CARILLON_BINANCE_PRIVATE_KEY"
            ]))
    func names(_ name: SecretName, _ variable: String) { #expect(name.variable == variable) }
}
