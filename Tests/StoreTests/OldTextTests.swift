// What versions before 0.2 wrote in sentences is read back into codes and numbers: every reason and every check of the golden homes,
// and of older journals beside the repository, says the same words again.
import Analysis
import Events
import Foundation
import GRDB
import Kernel
import Market
import Messaging
import Risk
import Testing

@testable import Store

@Suite("Texts of older versions")
struct OldTextTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Proven/homes"
    private static let beside = (ProcessInfo.processInfo.environment["CARILLON_SHARED"] ?? folder + "/../../../../shared") + "/data/journals"
    private static let homes =
        ["killed-entries", "killed-exit", "strategy-open", "halted", "own-24h"].map { "\(folder)/\($0).sqlite.gz" }
        + ["demo-seed3-72h", "strategies-candles-200h"].map { "\(beside)/\($0).sqlite.gz" }.filter(FileManager.default.fileExists)

    private typealias Fields = [String: Any]

    @Test("each reason and each check is told as it was written", arguments: homes)
    func sameWords(_ home: String) throws {
        let folder = try TemporaryFolder(), path = folder.file("journal.sqlite")
        try Packed.unpack(home, to: path)
        let rows = try DatabaseQueue(path: path).read { db in
            try Row.fetchAll(db, sql: "SELECT kind, body FROM events WHERE kind IN ('decided', 'strategyJudged')")
                .map { ($0[0] as String, $0[1] as String) }
        }
        var told = 0
        for (kind, body) in rows {
            let old = try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? Fields)
            let reviews = (old[kind == "decided" ? "reviews" : "signals"] as? [Fields]) ?? []
            let now = try EventCoding.decode(kind: kind, body: body).reviews
            try #require(reviews.count == now.count)
            for (old, now) in zip(reviews, now) { told += try same(old, now) }
            guard case .decided(let decided) = try EventCoding.decode(kind: kind, body: body) else { continue }
            for (old, now) in zip((old["verdicts"] as? [Fields]) ?? [], decided.verdicts) {
                #expect(now.keptOutWords == old["keptOut"] as? String)
            }
        }
        #expect(rows.isEmpty || told > 0)
    }

    /// How many texts were compared.
    private func same(_ old: Fields, _ now: Review) throws -> Int {
        let checks = (old["checks"] as? [Fields]) ?? []
        try #require(checks.count == now.checks.count)
        for (old, check) in zip(checks, now.checks) {
            let symbol = symbol(old)
            #expect(check.check.rawValue == old["check"] as? String && check.passed == old["passed"] as? Bool)
            // What stood behind a breaker's name is in that breaker's own entry.
            if check.check != .circuitBreakers { #expect(check.foundWords(on: symbol) == old["value"] as? String) }
            #expect(check.limitWords(on: symbol) == old["limit"] as? String)
        }
        guard let refusal = old["refusal"] as? String else {
            #expect(now.refusal == nil)
            return checks.count
        }
        if let check = now.refusedBy {
            #expect(refusal.hasPrefix(check.check.rawValue + ": "))
        } else if refusal.hasPrefix("size: ") {
            guard case .size = now.refusal else { return try #require(nil as Int?, "\(refusal)") }
        } else {
            // "of NAME" and "this hour" are no longer said.
            let words = refusal.replacing(/positions of \S+ are open/, with: "positions are open")
                .replacing("sound prices this hour", with: "sound prices now").replacing("; it is tried again at the next close", with: "")
            #expect(now.refusalWords == words)
        }
        return checks.count + 1
    }

    /// The pair stands in one check's text alone.
    private func symbol(_ old: Fields) -> Symbol {
        let value = old["value"] as? String ?? ""
        return value.firstMatch(of: #/\ in\ (\S+),\ /#).flatMap { Symbol(String($0.1)) } ?? Symbol("A/USDT")!
    }

    @Test("a text of no known form is said to be unread, and is never taken for another")
    func unread() {
        #expect(OldReasons.refusal("the moon is full", nil) == .unread)
        #expect(OldReasons.refusal("heat: 1.00 USDT, limit 0.50 USDT = 0.05 %", nil) == .check(.heat))
        #expect(
            OldReasons.refusal("our clock is 3.4 s behind the venue's, limit 2 s", nil)
                == .clockOff(offset: TimeSpan(milliseconds: 3_400), limit: .seconds(2)))
        #expect(OldReasons.refusal("our clock stepped to 2026-01-05T14:00Z, and the venue gives no time", nil) == .clockInDoubt)
        #expect(
            OldReasons.refusal("the price 140 is 37.3 % away from the close 102, limit 25 %", nil)
                == .farFromClose(price: Price("140")!, close: Price("102")!, share: "0.373", limit: "0.25"))
        #expect(
            OldReasons.refusal("the panel did not agree: 1 of 2 agree, 1 oppose", nil)
                == .notAgreed(.tooFew(agree: 1, needed: 2, oppose: 1), veto: nil))
        for check in RiskCheckName.allCases where check != .killSwitch && check != .circuitBreakers {
            #expect(OldChecks.figures(check, found: "?", limit: "?") == nil, "\(check)")
        }
    }
}

extension JournalEvent {
    fileprivate var reviews: [Review] {
        switch self {
        case .decided(let decided): decided.reviews
        case .strategyJudged(let judged): judged.signals.map(\.review)
        default: []
        }
    }
}
