// Each command that writes, by a clock that is ahead, behind or beyond the calendar, with and without a position, a venue
// that answers, and a machine that was started anew: afterwards the home works, and what is open is guarded.
import Events
import Foundation
import Kernel
import Market
import Ports
import Store
import TestSupport
import Testing
import Trading

@Suite("A wrong clock and a home", .enabled(if: Program.isThere && WrongClock.library != nil, "the program is not built, or there is no C compiler"))
struct WrongClockTests {
    private static let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }
    static let commands = [
        ["monitor"], ["cycle"], ["account", "deposit", "5"], ["account", "withdraw", "5"], ["halt"], ["resume"], ["alert", "x.service"],
        ["close", "--all"], ["breaker", "reset", "critical", "--reason", "x"]
    ]

    struct Circumstances: CustomTestStringConvertible, Sendable {
        /// How far our clock is ahead, in seconds.
        let ahead: Int64
        let hasPosition: Bool
        let hasVenue: Bool
        /// Whether the machine has been counting since the last sound step.
        let hasCounted: Bool
        var testDescription: String {
            "\(ahead) s ahead, \(hasPosition ? "a position" : "nothing open"), \(hasVenue ? "venue" : "no venue"), "
                + "\(hasCounted ? "counted" : "started anew")"
        }

        static let all = [34_560_000, -34_560_000, 252_000_000_000, 7_200].flatMap { ahead in
            [false, true].flatMap { position in
                [(true, true), (false, true), (false, false)].map {
                    Circumstances(ahead: ahead, hasPosition: position, hasVenue: $0.0, hasCounted: $0.1)
                }
            }
        }
    }

    /// A program with a home of its own, in which a strategy has bought AAA where that is wanted.
    func prepared(_ venue: StandInVenue, position: Bool) async throws -> Program {
        let strategy = "\nuniverse: {allowUnknown: [marketCap]}\nstrategies: strategies\n" + (position ? "instances: [{strategy: always}]\n" : "")
        let program = try Program(configuration: "feeds: {prices: binance, address: '\(venue.url)'}\(strategy)")
        try program.write(
            "strategies/always.yaml",
            """
            name: always
            version: 1
            symbols: [AAA/USDT]
            timeframe: 1m
            entry: close > 0
            bracket: {stop: 3 %, rungs: [{gain: 50 %, share: 100 %}], trailing: off}
            sizing: {equity: 10 %, positions: 1, capital: 10000}

            """)
        let cycle = try await program.run("cycle")
        try #require(cycle.status == 0, "\(cycle)")
        // Its first minute closes: both clocks go on.
        venue.set { $0.clockOffset = 60_000 }
        _ = try await program.run(["monitor"], WrongClock.ahead(60))
        try #require(try program.positions == (position ? ["AAA/USDT"] : []))
        // What is sold stays sold: its strategy would buy again in the next minute.
        try program.write("carillon.yaml", "feeds: {prices: binance, address: '\(venue.url)'}\nuniverse: {allowUnknown: [marketCap]}\n")
        return program
    }

    @Test(
        "no command writes of another time, a monitor tells, and afterwards every home works and what is open is guarded",
        arguments: Circumstances.all)
    func matrix(_ at: Circumstances) async throws {
        let venue = try StandInVenue(now: Self.now)
        defer { venue.stop() }
        let program = try await prepared(venue, position: at.hasPosition)
        defer { program.remove() }
        for command in Self.commands {
            let copy = try program.copied()
            defer { copy.remove() }
            if !at.hasCounted { copy.delete("monitor.heartbeat") }
            venue.set {
                $0.klines = [:]
                $0.clockOffset = 60_000
                $0.instead = at.hasVenue ? [:] : ["/": .html("no", status: 403)]
            }
            let wrong = try await copy.run(command, WrongClock.ahead(at.ahead + 60))
            #expect(wrong.status != 78, "\(command): \(wrong)")
            if command == ["halt"] { #expect(wrong.status == 0 && copy.has("HALT")) }
            // Two hours after a start without a venue are nothing that could be doubted.
            let isDoubted = at.ahead != 7_200 || at.hasVenue || at.hasCounted
            if command == ["monitor"], isDoubted { #expect(wrong.output.contains("■ The clock is wrong"), "told within a minute: \(wrong)") }
            let newest = try #require(try copy.newest)
            #expect(newest <= Self.now() + (isDoubted ? .minutes(10) : .hours(3)), "\(command) wrote of \(newest)")
            // The right clock is back, the venue answers, and three minutes later the price is far below the stop.
            venue.set {
                $0.instead = [:]
                $0.clockOffset = 240_000
                $0.klines["AAA"] = { $0.map { StandInVenue.row($0, close: "50.00", step: .minutes(1)) } }
                $0.last["AAA"] = "50.00"
            }
            let after = try await copy.run(["monitor"], WrongClock.ahead(240))
            #expect(after.status == 0, "\(command), then a monitor: \(after)")
            #expect(try copy.positions.isEmpty, "\(command), then a monitor: \(after)")
            #expect(try copy.troubles.isEmpty)
        }
    }

    @Test("a home that an older version wrote into the next year is set back by the first command, and its position guarded")
    func olderVersion() async throws {
        let venue = try StandInVenue(now: Self.now)
        defer { venue.stop() }
        let program = try await prepared(venue, position: true)
        defer { program.remove() }
        let ahead = Self.now() + .days(400)
        try program.journal(writing: true).commit(at: ahead) { _ in
            [.tradingDayStarted(TradingDayStarted(day: ahead.floored(to: .days(1)), equity: "1000"))]
        }
        venue.set {
            $0.clockOffset = 240_000
            $0.klines["AAA"] = { $0.map { StandInVenue.row($0, close: "50.00", step: .minutes(1)) } }
            $0.last["AAA"] = "50.00"
        }
        let monitor = try await program.run(["monitor"], WrongClock.ahead(240))
        #expect(monitor.status == 0, "\(monitor)")
        #expect(try program.journal().messages(after: 0).contains { $0.plain.contains("still to come") })
        #expect(try program.positions.isEmpty)
        for command in [["status"], ["report", "day"], ["journal", "verify"], ["explain", "T0001"], ["doctor"]] {
            let looked = try await program.run(command)
            // The stop was found late, which the audit says; doctor asks the venue by the right clock.
            #expect([0, 65, 69].contains(looked.status), "\(command): \(looked)")
        }
    }

    @Test(
        "OpenSSL frees nothing when the process ends: a thread that ends in the same moment would free it too",
        arguments: [
            (["monitor"], 0), (["status", "--json"], 0), (["explain", "T9999"], 65), (["journal"], 64), (["close"], 64)
        ] as [([String], Int32)])
    func leftToTheSystem(_ command: [String], _ code: Int32) async throws {
        let program = try Program(configuration: "feeds: {prices: synthetic}\n")
        defer { program.remove() }
        #expect(try await program.run("monitor").status == 0)
        let ended = try await program.run(command, WrongClock.sayingItsEnd)
        #expect(ended.status == code && ended.errors.contains("at the end: ") && !ended.errors.contains("libcrypto"), "\(ended)")
    }

    @Test("without a venue a person says that the clock is right")
    func correctClock() async throws {
        let program = try Program(configuration: "feeds: {prices: synthetic}\n")
        defer { program.remove() }
        #expect(try await program.run(["monitor"], WrongClock.ahead(34_560_000)).status == 0)
        let doubted = try await program.run("monitor")
        #expect(doubted.status == 69 && doubted.errors.contains("carillon journal correct-clock --reason"), "\(doubted)")
        let corrected = try await program.run(["journal", "correct-clock"], ["--reason", "NTP is on now"], [:])
        #expect(corrected.status == 0 && corrected.output.contains("Set back from"), "\(corrected)")
        #expect(try await program.run("monitor").status == 0)
        #expect(try await program.run("cycle").status == 0)
    }
}

extension Program {
    func journal(writing: Bool = false) throws -> SQLiteJournal {
        try SQLiteJournal(path: folder.appendingPathComponent("home/journal.sqlite").path, mayWrite: writing)
    }
    var newest: Timestamp? { get throws { try journal().newestEntry() } }
    var positions: [String] { get throws { try journal().book().main.openPositions.map(\.symbol.description) } }
    var troubles: [Trouble] { get throws { try journal().book().troubles } }
}
