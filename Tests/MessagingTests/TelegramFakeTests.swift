// The notifier against a Bot API fake that a second, independent client agrees with; run by
// Tests/Providers/telegram.sh, skipped elsewhere.
import Glibc
import HTTPClient
import Kernel
import Messaging
import Ports
import Testing

private let address = getenv("CARILLON_FAKE_TELEGRAM").map { String(cString: $0) }

@Suite("Telegram fake", .enabled(if: address != nil, "run Tests/Providers/telegram.sh"), .serialized)
struct TelegramFakeTests {
    private func deliver(_ words: String) async throws -> DeliveryResult {
        let account = try TelegramAccount(token: Secret("123456:TESTtoken"), chat: 42, address: try #require(address))
        return await TelegramNotifier(account, transport: CurlTransport(version: "test")).deliver(.bold(words))
    }

    @Test("a message is delivered")
    func delivered() async throws { #expect(try await deliver("hi −1.25 %") == .delivered(remoteId: "7")) }

    @Test("F088: a flood answer asks for a second, then the same message goes through")
    func F088_flood() async throws {
        #expect(try await deliver("flood") == .retry(after: .seconds(1), why: "Telegram asked to wait 1 s"))
        #expect(try await deliver("flood") == .delivered(remoteId: "7"))
    }

    @Test("a blocked bot is refused")
    func blocked() async throws {
        #expect(try await deliver("blocked") == .rejected(why: "the bot was blocked or removed from the chat", permanent: false))
    }

    @Test("markup that is refused in both forms is given up")
    func markup() async throws {
        #expect(try await deliver("badmd") == .rejected(why: "Telegram refused the text", permanent: true))
    }
}
