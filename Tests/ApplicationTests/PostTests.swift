// What reaches a phone: the bot's own steps and its own post, against a chat on loopback, by a clock that is told the
// time and that moves a little whenever it is read.
import Engine
import Events
import Kernel
import Ports
import Risk
import Settings
import SettingsFiles
import Store
import StrictJSON
import TestSupport
import Testing

@testable import Application

private struct Sent {
    let text: String
    let isSilent: Bool
    /// Without the number that a message wears on its first line.
    var lines: [Substring] { text.split(separator: "\n") }

    init(_ request: ReceivedRequest) throws {
        let body = try JSONValue(parsing: request.body)
        text = try body["text"].string
        isSilent = try body["disable_notification"].optional?.bool ?? false
    }
}

@Suite("The post")
struct PostTests {
    private let scratch: Scratch
    private let chat: LoopbackServer
    private let clock = FakeClock(Timestamp(iso8601: "2026-01-05T00:00:00Z")!, reading: TimeSpan(milliseconds: 3))
    init() throws {
        scratch = try Scratch()
        chat = try LoopbackServer(answers: [.json(#"{"ok":true,"result":{"message_id":7}}"#)])
    }

    /// A process's view of the one home.
    private func session(_ change: (inout CarillonSettings) -> Void = { _ in }) throws -> Session {
        var settings = CarillonSettings.default
        settings.telegram.enabled = true
        settings.telegram.chatId = 42
        settings.telegram.baseURL = chat.url
        change(&settings)
        let folder = HomeFolder(path: scratch.home)
        try folder.prepare()
        let caller = Caller(home: scratch.home, environment: { $0 == SecretName.telegramToken.variable ? "123456:abc" : nil }, say: { _ in })
        let session = Session(
            caller, LoadedConfiguration(settings: settings, file: nil), folder, try SQLiteJournal(path: folder.journal), clock: clock)
        Post(session).open()
        let world = try session.world()
        try Opening.open(
            session.journal, as: JournalOpened(world: world.identity, start: nil, mode: "paper", quote: .usdt), deposit: Money("1000", .usdt),
            at: clock.now)
        return session
    }

    private var sent: [Sent] { get throws { try chat.requests.map(Sent.init) } }

    @Test("a day of cycles: heard is what begins with ■ and nothing else, and an hour without an event is two lines")
    func day() async throws {
        defer { chat.stop() }
        let session = try session(), start = clock.now
        for minute in 0..<24 * 60 {
            clock.step(to: start + .minutes(minute))
            _ = try await MinuteMonitor(try session.assembly().parts()).step()
            if minute == 12 * 60 - 1 { try halt(session, true) }
            if minute == 14 * 60 - 1 { try halt(session, false) }
            if minute % 60 == 0 { _ = try await session.ring() }
            await Post(session).deliver()
        }
        let sent = try sent
        #expect(sent.count > 24 && sent.allSatisfy { $0.isSilent == !$0.lines[0].hasPrefix("<b>■") || $0.lines[0].contains("Halted") })
        // The first hour of a halt is heard, the second is known.
        let halted = sent.filter { $0.lines[0].contains("■ Halted") }
        #expect(halted.map(\.isSilent) == [false, true])
        let summaries = sent.filter { $0.text.contains("Equity") }
        #expect(summaries.count == 24)
        let empty = summaries.filter { !$0.text.contains("ought") && !$0.text.contains("■") }
        #expect(!empty.isEmpty && empty.allSatisfy { $0.lines.count == 2 && $0.isSilent }, "\(empty.map(\.text))")
        #expect(summaries.filter { $0.text.contains("ought") }.allSatisfy { $0.text.contains("<pre>") || $0.text.contains("nothing open") })
    }

    private func halt(_ session: Session, _ engaged: Bool) throws {
        if engaged { _ = session.folder.engageKillSwitch("test") } else { _ = session.folder.releaseKillSwitch() }
    }

    @Test("purchases and sales are heard where that is chosen")
    func trades() async throws {
        defer { chat.stop() }
        let session = try session { $0.telegram.sound.trades = true }
        _ = try await session.ring()
        await Post(session).deliver()
        let bought = try sent.filter { $0.text.hasPrefix("<b>▲") }
        #expect(!bought.isEmpty && bought.allSatisfy { !$0.isSilent })
    }

    @Test("100 alerts one after another: each is sent by the process that wrote it, a second apart")
    func alerts() async throws {
        defer { chat.stop() }
        for number in 1...100 {
            let session = try session(), before = clock.monotonic
            try session.journal.commit(at: clock.now) { book in Alerts.critical(.said("alert \(number)"), book, at: self.clock.now) }
            await Post(session).deliver()
            #expect(chat.requests.count == number)
            #expect(clock.monotonic.milliseconds - before.milliseconds >= 1_000)
        }
        #expect(try sent.enumerated().allSatisfy { $1.text.contains("alert \($0 + 1)") && !$1.isSilent })
    }

    @Test("a process whose message comes while another has the post waits for it")
    func waits() async throws {
        defer { chat.stop() }
        let session = try session()
        try session.journal.commit(at: clock.now) { book in Alerts.critical(.said("late"), book, at: self.clock.now) }
        let other = try session.folder.lock("post")
        async let round: Void = Post(session).deliver()
        other.release()
        await round
        #expect(chat.requests.count == 1)
    }
}
