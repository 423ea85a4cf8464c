// The console writes plain words into a real pipe, and nothing that steers a terminal.
import Domain
import Glibc
import Messaging
import Ports
import Testing

@Suite("ConsoleNotifier")
struct ConsoleNotifierTests {
    @Test("plain text, an empty line, no escape sequences")
    func writes() async {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let result = await ConsoleNotifier(descriptor: ends[1]).deliver(MessageText(html: "<b>hi</b>", plain: "hi \u{1B}[2Jthere\nline"))
        close(ends[1])
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = read(ends[0], &buffer, buffer.count)
        #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self) == "hi [2Jthere\nline\n\n")
        #expect(result == .delivered(remoteId: nil))
    }

    @Test("a closed console is a refusal, not a crash")
    func closed() async {
        #expect(await ConsoleNotifier(descriptor: -1).deliver(MessageText(html: "x", plain: "x")) == .rejected(why: "the console is closed", permanent: false))
    }
}
