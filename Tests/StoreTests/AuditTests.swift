// The audit shares no code with what wrote the journal: each damage, in its least amount, is seen.
import Events
import Foundation
import GRDB
import Kernel
import Testing

@testable import Store

typealias Tree = [String: Any]

@Suite("The second opinion on the journal")
struct AuditTests {
    @Test("a true history has nothing to find")
    func clean() throws {
        let folder = try TemporaryFolder()
        let journal = try SQLiteJournal(path: folder.file("journal.sqlite"))
        try Story(journal: journal).tell()
        let result = try journal.audit()
        #expect(result.findings == [])
        #expect(result.isClean)
        #expect(result.ledgerImbalance == .zero)
        #expect(result.unprotectedSeconds == 0)
        #expect(result.cyclesClosed == 3)
        #expect(result.entries == 1)
        #expect(result.tradesClosed == 1)
        #expect(result.exits == ["TAKE_PROFIT_1": 1, "TRAILING_STOP": 1])
        #expect(result.equityStart == "1000")
        #expect(try result.equityEnd == journal.book().main.lastEquity)
    }

    @Test("an empty journal has nothing to find")
    func empty() throws {
        let folder = try TemporaryFolder()
        let result = try SQLiteJournal(path: folder.file("journal.sqlite")).audit()
        #expect(result == JournalAudit.Result())
    }

    @Test("rows written past every check are read the same")
    func rawRowsAreClean() throws {
        let result = try RawRows.ofStory().audit()
        #expect(result.isClean, "\(result.findings)")
    }

    // MARK: Money

    /// Damage, the entry it is in (kind and number), and the least it must count.
    static let moneyDamage: [(name: String, kind: String, number: Int, least: FixedDecimal, change: @Sendable (inout Tree) -> Void)] = [
        ("an amount of a deposit that is not its postings'", "cashMoved", 0, "1", { $0["amount"] = ["amount": "1001", "currency": "USDT"] }),
        ("an unbalanced posting", "orderChanged", 0, "0.5", { $0.posting(0) { $0["amount"] = "5.77" } }),
        ("a posting by one last unit", "orderChanged", 0, "0.000000000001", { $0.posting(0) { $0["amount"] = "5.270000000001" } }),
        ("a posting to another account", "orderChanged", 0, "5.27", { $0.posting(0) { $0["account"] = "dust" } }),
        ("a missing pair of postings", "orderChanged", 0, "5.27", { $0["postings"] = Array(($0["postings"] as? [Any] ?? []).dropFirst(2)) }),
        ("no postings at all", "orderChanged", 1, "1.73", { $0["postings"] = nil }),
        ("a fee that is not its postings'", "orderChanged", 0, "0.001", { $0.fill { $0["fee"] = ["amount": "0.00427", "currency": "LINK"] } }),
        ("a fee in another asset", "orderChanged", 1, "0.02", { $0.fill { $0["fee"] = ["amount": "0.02532374", "currency": "LINK"] } }),
        ("a price that is not its postings'", "orderChanged", 1, "1.73", { $0.fill { $0["price"] = "15.638" } }),
        ("dust that was never posted", "positionOpened", 0, "0.004", { $0["postings"] = [] }),
        ("dust that the bracket does not say", "positionOpened", 0, "0.004", { $0.bracket { $0["dust"] = "0" } }),
        ("postings of an entry that moves no money", "breakerReset", -1, "9", { _ in }),
        ("a record that says it cost less", "tradeClosed", 0, "4", { $0["cost"] = "70" }),
        ("a record that says more profit", "tradeClosed", 0, "1", { $0["pnl"] = "100" }),
        ("cash that is not what the postings leave", "equityMarked", 0, "1", { $0["cash"] = "1" }),
        ("coins that the fills do not leave", "equityMarked", 0, "1", { $0["marks"] = [] }),
        ("what remains after an exit", "positionReduced", 0, "0.01", { $0["remaining"] = "3.52" }),
        ("text that is no JSON", "orderChanged", 0, "1", { $0 = [:] })
    ]

    @Test("damaged money is found, with its entry", arguments: moneyDamage.indices)
    func money(_ row: Int) throws {
        let damage = Self.moneyDamage[row]
        var raw = try RawRows.ofStory()
        let index: Int
        if damage.number < 0 {
            raw.rows.append(
                RawRow(
                    at: raw.rows.last!.at, kind: "unheardOf", key: "",
                    body: """
                        {"postings":[{"account":"assets","amount":"9","asset":"USDT"},{"account":"capital","amount":"-9","asset":"USDT"}]}
                        """))
            index = raw.rows.count - 1
        } else {
            index = raw.index(damage.kind, damage.number)
            try raw.rows[index].edit(damage.change)
        }
        let result = try raw.audit()
        #expect(result.ledgerImbalance >= damage.least, "\(damage.name)")
        #expect(result.findings.contains { $0.figure == .ledgerImbalance && $0.sequence == Int64(index + 1) }, "\(damage.name): \(result.findings)")
    }

    @Test("a lost sale leaves coins that no exit accounts for")
    func lostSale() throws {
        var raw = try RawRows.ofStory()
        raw.rows.remove(at: raw.index("orderChanged", 1))
        let result = try raw.audit()
        #expect(result.ledgerImbalance >= "1.73")
        #expect(result.findings.contains { $0.text.contains("do not add up") })
        #expect(result.unprotectedSeconds > 0)
    }

    @Test("a fill that is written twice is found")
    func twice() throws {
        var raw = try RawRows.ofStory()
        raw.rows.insert(raw.rows[raw.index("orderChanged", 1)], at: raw.index("orderChanged", 1) + 1)
        let result = try raw.audit()
        #expect(result.findings.contains { $0.text.contains("counted twice") })
        #expect(result.ledgerImbalance >= "1.73")
    }

    @Test("values of no type or size stop nothing")
    func nonsense() throws {
        var raw = try RawRows.ofStory()
        try raw.edit("orderChanged") { $0.fill { $0["quantity"] = "999999999999999999999999" } }
        try raw.edit("orderChanged", 1) { $0.fill { $0["price"] = "-3" } }
        try raw.edit("equityMarked") { $0["cash"] = 12 }
        try raw.edit("orderSubmitted", 1) { $0["order"] = "?" }
        try raw.edit("cycleClosed") { $0["skipped"] = 7 }
        raw.rows[0].body = "not JSON"
        raw.rows[3].at = .max
        let result = try raw.audit()
        #expect(result.ledgerImbalance >= "6")
        #expect(result.findingCount >= 6)
    }

    // MARK: Protection

    @Test("a stop of zero covers nothing until the last exit")
    func stopMissing() throws {
        var raw = try RawRows.ofStory()
        try raw.edit("positionOpened") { $0.bracket { $0["stop"] = "0" } }
        let result = try raw.audit()
        #expect(result.unprotectedSeconds == 72 * 60 + 30)
        #expect(result.findings.map(\.sequence) == [Int64(raw.index("positionOpened")) + 0])
    }

    @Test("a bracket that is not there covers nothing")
    func bracketMissing() throws {
        var raw = try RawRows.ofStory()
        try raw.edit("positionOpened") { tree in
            var holding = tree["holding"] as? Tree ?? [:]
            holding["bracket"] = nil
            tree["holding"] = holding
        }
        #expect(try raw.audit().unprotectedSeconds == 72 * 60 + 30)
    }

    @Test("a stop for half the quantity is no protection")
    func half() throws {
        var raw = try RawRows.ofStory()
        try raw.edit("positionOpened") {
            $0.bracket { bracket in
                bracket["rungs"] = [["price": "14.638", "quantity": "1.73"], ["price": "14.9", "quantity": "0.9"]]
            }
        }
        let result = try raw.audit()
        #expect(result.unprotectedSeconds == 72 * 60 + 30)
    }

    @Test("rungs that sell more than there is are found as money")
    func tooMuch() throws {
        var raw = try RawRows.ofStory()
        try raw.edit("positionOpened") { $0.bracket { $0["rungs"] = [["price": "14.638", "quantity": "6"]] } }
        #expect(try raw.audit().ledgerImbalance >= "0.73")
    }

    @Test("an entry fill without a position is uncovered to the end")
    func neverOpened() throws {
        var raw = try RawRows.ofStory()
        raw.rows.removeSubrange((raw.index("orderChanged") + 1)...)
        #expect(try raw.audit().unprotectedSeconds == 1)
        raw.rows.append(RawRow(at: raw.rows.last!.at + 90_000, kind: "killSwitchSet", key: "", body: "{}"))
        let result = try raw.audit()
        #expect(result.unprotectedSeconds == 90)
        #expect(result.findings.first?.sequence == Int64(raw.rows.count - 1))
    }

    @Test("the time between the fill and its bracket counts")
    func armedLate() throws {
        var raw = try RawRows.ofStory()
        for index in raw.index("positionOpened")..<raw.index("orderSubmitted", 1) { raw.rows[index].at += 7_000 }
        let result = try raw.audit()
        #expect(result.unprotectedSeconds == 7)
        #expect(result.ledgerImbalance == .zero)
    }

    @Test("a stop that was due and not acted on counts from a minute after its candle", arguments: [(90_000, 60), (30_000, 0), (30_001, 1)])
    func lateStop(_ delay: Int64, _ seconds: Int) throws {
        // The story's exit is ordered 30 s after its candle closed.
        var raw = try RawRows.ofStory()
        for index in raw.index("orderSubmitted", 2)..<raw.rows.count { raw.rows[index].at += delay }
        let result = try raw.audit()
        #expect(result.unprotectedSeconds == seconds)
        #expect(result.ledgerImbalance == .zero)
    }

    @Test("an hourly candle allows an hour, an unknown time frame nothing", arguments: [("1h", 0, true), ("5m", 0, true), ("5y", 0, false)])
    func frames(_ timeframe: String, _ seconds: Int, _ isRead: Bool) throws {
        var raw = try RawRows.ofStory()
        try raw.edit("orderSubmitted", 2) { tree in
            var order = tree["order"] as? Tree ?? [:]
            order["triggerCandle"] = ["openTime": (order["triggerCandle"] as? Tree)?["openTime"] ?? 0, "timeframe": timeframe]
            tree["order"] = order
        }
        let result = try raw.audit()
        #expect(result.unprotectedSeconds == seconds)
        #expect(result.isClean == isRead)
    }

    @Test("several late exits of one reading count their time once")
    func lateOnce() throws {
        var raw = try RawRows.ofStory()
        let first = raw.index("orderSubmitted", 2)
        for index in first..<raw.rows.count { raw.rows[index].at += 600_000 }
        raw.rows.insert(raw.rows[first], at: first)
        #expect(try raw.audit().unprotectedSeconds == 570)
    }

    @Test("a refused stop leaves its position uncovered until the next order")
    func refusedStop() throws {
        var raw = try RawRows.ofStory()
        let submitted = raw.index("orderSubmitted", 2)
        var again = raw.rows[submitted]
        let refusal = RawRow(
            at: again.at, kind: "orderChanged", key: "",
            body: """
                {"detail":"","event":"reject","order":"C00000T0001X2","postings":[]}
                """)
        again.at += 20_000
        for index in (submitted + 1)..<raw.rows.count { raw.rows[index].at += 20_000 }
        raw.rows.insert(contentsOf: [refusal, again], at: submitted + 1)
        let result = try raw.audit()
        #expect(result.unprotectedSeconds == 20)
        #expect(result.ledgerImbalance == .zero)
    }

    @Test("a position the book forgot is uncovered")
    func forgotten() throws {
        var raw = try RawRows.ofStory()
        try raw.edit("positionReduced") { $0["remaining"] = "0" }
        let result = try raw.audit()
        #expect(result.unprotectedSeconds == 62 * 60)
        #expect(result.ledgerImbalance >= "3.53")
    }

    // MARK: What is past

    /// The story's stop, acted on so many minutes too late, with `between` written so long after it should have been.
    private func late(_ minutes: Int64, _ between: [RawRow] = []) throws -> JournalAudit.Result {
        var raw = try RawRows.ofStory()
        try raw.edit("journalOpened") { $0["start"] = nil }
        let first = raw.index("orderSubmitted", 2), due = raw.rows[first].at
        for index in first..<raw.rows.count { raw.rows[index].at += minutes * 60_000 }
        raw.rows.insert(contentsOf: between.map { RawRow(at: $0.at + due, kind: $0.kind, key: "", body: $0.body) }, at: first)
        return try raw.audit()
    }

    @Test("an exit that nobody could order in time is a fact of the past and no fault; one that a program at work ordered late is a fault for a day")
    func past() throws {
        let nobody = try late(30), end = try #require(nobody.end)
        #expect(nobody.unprotectedSeconds > 1_700 && !nobody.isClean)
        #expect(
            nobody.unguarded.map(\.cause) == [.nobodyAtWork] && nobody.unguarded[0].symbol == "LINK/USDT" && nobody.unguarded[0].form == .lateExit)
        #expect(nobody.isSound(at: end) && nobody.past(at: end).count == 1)

        let blind = RawRow(at: 60_000, kind: "troubleBegan", key: "", body: "{\"kind\":\"blind\",\"subject\":\"LINK/USDT\",\"why\":\"\"}")
        let sign = RawRow(at: 700_000, kind: "cycleOpened", key: "", body: "{}")
        let told = try late(30, [blind, sign])
        #expect(told.unguarded.map(\.cause) == [.trouble(.blind)] && told.isSound(at: end))
        #expect(
            try late(30, [RawRow(at: 60_000, kind: "troubleBegan", key: "", body: blind.body.replacing("LINK", with: "DOGE")), sign]).unguarded.map(
                \.cause) == [.unexplained])

        let atWork = try late(30, [sign])
        #expect(atWork.unguarded.map(\.cause) == [.unexplained] && atWork.unprotectedSeconds == nobody.unprotectedSeconds)
        #expect(!atWork.isSound(at: end) && atWork.faults(at: end).count == 1)
        #expect(atWork.isSound(at: end + .days(2)) && atWork.past(at: end + .days(2)).count == 1)
    }

    @Test("a position that is naked at the end of the journal is wrong now, however long ago the journal ended")
    func nakedNow() throws {
        var raw = try RawRows.ofStory()
        try raw.edit("journalOpened") { $0["start"] = nil }
        raw.rows.removeSubrange((raw.index("orderChanged") + 1)...)
        let result = try raw.audit(), end = try #require(result.end)
        #expect(result.unguarded.map(\.cause) == [.lasts] && !result.isSound(at: end) && !result.isSound(at: end + .days(30)))
    }

    @Test("a stop that was missing for a moment while the program was at work is a fault for a day")
    func moment() throws {
        var raw = try RawRows.ofStory()
        try raw.edit("journalOpened") { $0["start"] = nil }
        for index in raw.index("positionOpened")..<raw.index("orderSubmitted", 1) { raw.rows[index].at += 7_000 }
        let result = try raw.audit(), end = try #require(result.end)
        #expect(result.unguarded.map(\.cause) == [.unexplained] && result.unguarded[0].form == .noStop)
        #expect(!result.isSound(at: result.unguarded[0].to) && result.isSound(at: end + .days(2)))
    }

    // MARK: Size

    @Test("thirty thousand entries are read in well under a second, findings stay bounded")
    func large() throws {
        let story = try RawRows.ofStory()
        let first = story.index("cycleOpened")
        let round = story.rows[first...].filter { $0.kind != "equityMarked.2" }
        var raw = RawRows(rows: Array(story.rows[..<first]))
        for number in 0..<(30_000 / round.count) {
            let shift = Int64(number) * 14_400_000
            for row in round {
                let opened = row.body.firstMatch(of: /"openTime":(\d+)/)
                let body = row.body.replacing("T0001", with: "T\(number)")
                    .replacing(/"openTime":\d+/, with: "\"openTime\":\((opened.flatMap { Int64($0.1) } ?? 0) + shift)")
                raw.rows.append(RawRow(at: row.at + shift, kind: row.kind, key: row.key, body: body))
            }
        }
        let folder = try TemporaryFolder()
        let journal = try raw.write(to: folder)
        var result = JournalAudit.Result()
        let time = try ContinuousClock().measure { result = try journal.audit() }
        #expect(result.entriesRead == raw.rows.count)
        #expect(result.isClean, "\(result.findings.first?.text ?? "")")
        #expect(result.tradesClosed == 30_000 / round.count)
        #expect(time < .seconds(30))
        print("audit of \(raw.rows.count) entries: \(time)")
    }

    @Test("findings stay bounded, their number does not")
    func bounded() throws {
        var raw = try RawRows.ofStory()
        raw.rows += Array(repeating: RawRow(at: 0, kind: "cashMoved", key: "", body: "{}"), count: 300)
        let result = try raw.audit()
        #expect(result.findings.count == JournalAudit.Result.findingLimit)
        #expect(result.findingCount == 300)
        #expect(result.ledgerImbalance == "300")
    }
}

extension [String: Any] {
    mutating func fill(_ change: (inout Tree) -> Void) { child("fill", change) }
    mutating func bracket(_ change: (inout Tree) -> Void) { child("holding") { $0.child("bracket", change) } }
    mutating func posting(_ index: Int, _ change: (inout Tree) -> Void) {
        var all = self["postings"] as? [Tree] ?? []
        change(&all[index])
        self["postings"] = all
    }
    mutating func child(_ name: String, _ change: (inout Tree) -> Void) {
        var tree = self[name] as? Tree ?? [:]
        change(&tree)
        self[name] = tree
    }
}
