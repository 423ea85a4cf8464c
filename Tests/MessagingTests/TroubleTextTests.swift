// Each trouble has words: what, why, and what can be done; its end says how long it lasted.
import Events
import Kernel
import Testing

@testable import Messaging

@Suite("Words of a trouble")
struct TroubleTextTests {
    private let renderer = MessageRenderer(zone: .utc)
    private let since = Timestamp(iso8601: "2026-01-05T14:03:00Z")!

    @Test("a beginning names the subject, the reason and a remedy in its first two lines", arguments: TroubleKind.allCases)
    func beginning(_ kind: TroubleKind) {
        let text = renderer.text(of: .troubleBegan(Trouble(kind, "LINK/USDT", since: since, why: "no answer <b>"))).plain
        let lines = text.split(separator: "\n")
        #expect(lines.count == 2 && lines[0].contains("no answer <b>"))
        #expect(lines[0].hasPrefix(kind.isUrgent ? "■ " : "· "))
        #expect(
            lines[1].contains("carillon doctor") || lines[1].contains("carillon close LINK/USDT") || lines[1].contains("timedatectl")
                || lines[1].contains("carillon backtest"))
    }

    @Test("an end says what is over and how long it lasted, without sound")
    func ending() {
        let message = Message.troubleEnded(Trouble(.blind, "LINK/USDT", since: since, why: "timeout"), how: "", at: since + .minutes(7))
        #expect(
            renderer.text(of: message).plain
                == "✓ Over: LINK/USDT has no readable price, its stop is blind: timeout; it lasted since 14:03 UTC, for 7 min")
        #expect(message.kind == .notice)
    }

    @Test("a person is called where money hangs on it", arguments: [TroubleKind.blind, .disputed, .unsellable, .clock])
    func urgent(_ kind: TroubleKind) {
        #expect(Message.troubleBegan(Trouble(kind, since: since, why: "x")).kind == .critical)
    }

    @Test("several pairs without a price are one message")
    func several() {
        let text = renderer.text(of: .troubleBegan(Trouble(.blind, "AAA/USDT, BBB/USDT", since: since, why: "timeout"))).plain
        #expect(
            text.hasPrefix("■ AAA/USDT, BBB/USDT have no readable price, their stops are blind: timeout\n") && text.contains("carillon close PAIR"))
    }
}
