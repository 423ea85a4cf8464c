// A period in numbers, as the program tells it: what a person pays in or takes out is neither profit nor loss.
import Foundation
import Kernel
import StrictJSON
import TestSupport
import Testing

@Suite("Report")
struct ReportTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// The wall clock's, counted from 1970.
    private static var hour: Int { Int(Date().timeIntervalSince1970) / 3_600 }

    @Test("money moved between two cycles is no profit, no loss and no fall", arguments: [("deposit", 500.0), ("withdraw", -500.0)])
    func moneyMoved(command: String, moved: Double) async throws {
        // The movement has the time of the wall clock, so the demo's hours lie around it. Where an hour begins meanwhile, once more.
        var home = "", start = "", hour = -1
        func demo(hours: Int) async throws {
            let ended = try await bench.run(["demo", "--home", home, "--hours", "\(hours)", "--seed", "7", "--start", start, "--json"])
            #expect(ended.way == .exit(0), "\(ended)")
        }
        while hour != Self.hour {
            hour = Self.hour
            home = bench.home("\(hour)")
            start = Date(timeIntervalSince1970: Double((hour - 2) * 3_600)).ISO8601Format()
            try await demo(hours: 2)
            #expect(try await bench.run("account", command, "500", home: home).way == .exit(0))
        }
        let between = try JSONValue(parsing: try await bench.run("report", "week", "--json", home: home).out)
        try await demo(hours: 5)
        let after = try JSONValue(parsing: try await bench.run("report", "week", "--json", home: home).out)
        for report in [between, after] {
            let change = try report["change"].double, fall = try report["maximumDrawdown"].double
            #expect(abs(change) < 0.05 && fall < 0.05, "change \(change), fall \(fall)")
            #expect(try report["moved"].double == moved)
        }
        let marks = try Chain(bench.journal(home)).of("equityMarked").map { try JSONValue(parsing: $0.body)["equity"].string }.map {
            try #require(Double($0))
        }
        let steps = zip(marks, marks.dropFirst()).map { $1 - $0 }
        #expect(steps.contains { abs($0 - moved) < 50 }, "the movement lies between two marks: \(marks)")
    }

    @Test("a day counts from what it began with, before its first purchases, as the summary's today does")
    func dayFromItsStart() async throws {
        let home = bench.home()
        _ = try await bench.demo(home, hours: 14)
        let day = try JSONValue(parsing: try await bench.run("report", "day", "--json", home: home).out)
        let chain = try Chain(bench.journal(home))
        func equity(_ kind: String) throws -> Double {
            let last = try #require(chain.of(kind).last)
            return try #require(Double(try JSONValue(parsing: last.body)["equity"].string))
        }
        #expect(
            abs(try day["change"].double - (equity("equityMarked") / equity("tradingDayStarted") - 1)) < 1e-8 && chain.count("tradingDayStarted") == 1
        )
        let summary = try await bench.run("report", home: home).out, report = try await bench.run("report", "day", home: home).out
        let today = try #require(summary.split(separator: "today").first?.matches(of: /[+−][0-9.]+/).last).output
        let told = try #require(report.split(separator: "\n").first { $0.hasPrefix("Equity") }?.firstMatch(of: /[+−][0-9.]+/)).output
        #expect(today == told, "\(summary)\n\(report)")
    }

    @Test("after what is open was closed by hand, status, report and trades tell of the same money, and no loss by hand is in a streak")
    func closedByHand() async throws {
        // The demo's last hour is the wall clock's, so that nothing was due meanwhile.
        let home = bench.home(), start = Date(timeIntervalSince1970: Double((Self.hour - 7) * 3_600)).ISO8601Format()
        #expect(try await bench.run(["demo", "--home", home, "--hours", "8", "--seed", "7", "--start", start, "--json"]).way == .exit(0))
        let closed = try await bench.run("close", "--all", home: home)
        #expect(closed.way == .exit(0), "\(closed)")
        let status = try JSONValue(parsing: try await bench.run("status", "--json", home: home).out)
        let cash = try status["cash"].double, deposited = try status["deposited"].double
        #expect(try status["equity"].double == cash && status["positions"].array.isEmpty)
        let week = try JSONValue(parsing: try await bench.run("report", "week", "--json", home: home).out)
        #expect(try abs(week["pnl"].double - (cash - deposited)) < 1e-6 && abs(week["change"].double - (cash / deposited - 1)) < 1e-6, "\(week)")
        let byHand = try week["exits"]["MANUAL"].optional?.double ?? 0
        #expect(try byHand == 0 || week["longestLosingStreak"].double < week["trades"].double)
        let shown = try await bench.run("report", "week", home: home).out, equity = try await bench.run("status", home: home).out
        let told = try #require(equity.firstMatch(of: /Equity ([0-9,.]+) USDT/)).output.1
        #expect(shown.contains("Equity \(told)"), "\(shown)\n\(equity)")
    }

    @Test("a demo tells the hours of its journal, however few this run was asked for", arguments: [(1, "1 hour on"), (3, "3 hours on")])
    func hoursOfTheJournal(hours: Int, words: String) async throws {
        let home = bench.home()
        _ = try await bench.demo(home, hours: hours)
        let again = try await bench.run("demo", "--hours", "1", "--seed", "7", home: home)
        #expect(again.out.contains(words), "\(again)")
    }

    @Test("a zone that no table knows costs the zone, not the words", arguments: ["status", "report", "report day", "explain T0001"])
    func unknownZone(command: String) async throws {
        let home = bench.home(), file = bench.write("settings.yaml", "report: {zone: Mars/Olympus}\n")
        _ = try await bench.demo(home, hours: 1)
        let ended = try await bench.run(command.split(separator: " ").map(String.init) + ["--home", home, "--config", file])
        #expect(ended.way == .exit(0) && !ended.out.isEmpty, "\(ended)")
    }
}
