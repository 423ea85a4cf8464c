// What the panel said, read back from a journal: every verdict once, and damage where one cannot be read.
import Analysis
import Events
import Kernel
import Ports
import Testing
import Trading

@testable import Store

@Suite("Panel record")
struct PanelRecordTests {
    @Test("every verdict is read with its hour, and which models were asked")
    func verdicts() throws {
        let folder = try TemporaryFolder(), journal = try SQLiteJournal(path: folder.file("journal.sqlite")), story = Story(journal: journal)
        #expect(try journal.panelRecord() == PanelRecord(world: nil, models: [], answers: []))
        try story.tell()
        try journal.commit(at: story.start) { _ in
            ["b", "a", "b"].enumerated().map { number, model in
                .callReserved(
                    CallReserved(
                        call: "\(number)", cycle: story.cycle, analyst: "technical", symbol: nil, vendor: "openai", model: model, attempt: 1,
                        promptVersion: "", promptBlob: "", cost: .zero))
            }
        }
        let decided = try journal.events(.decided).compactMap { if case .decided(let decided) = $0.event { decided } else { nil } }
        let record = try SQLiteJournal(path: folder.file("journal.sqlite"), mayWrite: false).panelRecord()
        #expect(record.world == "synthetic:7" && record.models == ["openai/a", "openai/b"])
        #expect(
            record.answers
                == decided.flatMap { decided in
                    decided.verdicts.map {
                        RecordedAnswer(symbol: $0.symbol, hour: decided.cycle.hour, agreed: $0.isAgreed, conviction: $0.conviction)
                    }
                })
        #expect(record.answers.count == 2 && record.answers.contains { $0.conviction > .zero })
    }

    @Test("the time from the hour to the decision is kept")
    func delay() throws {
        var raw = try RawRows.ofStory()
        raw.rows[raw.index("decided")].at += 240_000
        #expect(try raw.write(to: TemporaryFolder()).panelRecord().answers.map(\.delay) == [.minutes(4), .minutes(4)])
    }

    @Test(
        "a verdict that cannot be read is damage",
        arguments: [
            ("conviction", "often"), ("conviction", "1.5"), ("conviction", 0.5), ("isAgreed", "true"), ("isAgreed", 2), ("symbol", "LINK"),
            ("symbol", "ADA/USDT")
        ] as [(String, any Sendable)])
    func damaged(_ field: String, _ value: any Sendable) throws {
        var raw = try RawRows.ofStory()
        try raw.edit("decided") { tree in
            var verdicts = tree["verdicts"] as? [[String: Any]] ?? []
            for index in verdicts.indices where verdicts[index]["symbol"] as? String == "LINK/USDT" { verdicts[index][field] = value }
            tree["verdicts"] = verdicts
        }
        let journal = try raw.write(to: TemporaryFolder())
        #expect { try journal.panelRecord() } throws: { if case JournalError.damaged = $0 { true } else { false } }
    }
}
