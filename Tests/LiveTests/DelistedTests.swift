// A pair is taken off the venue with a position open: every command names it until a person gives it up.
import Events
import Foundation
import Kernel
import Store
import TestSupport
import Testing

@Suite("A pair that is gone", .enabled(if: Program.isThere && WrongClock.library != nil, "the program is not built, or there is no C compiler"))
struct DelistedTests {
    private static let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }

    @Test("a pending sale is named by each close, by the monitor and by status, until it is written off with a reason; the audit is clean")
    func delisted() async throws {
        let venue = try StandInVenue(now: Self.now)
        defer { venue.stop() }
        let program = try await WrongClockTests().prepared(venue, position: true)
        defer { program.remove() }
        venue.set { $0.instead["symbol=AAAUSDT"] = .json("{\"code\":-1121,\"msg\":\"Invalid symbol.\"}", status: 400) }

        /// A command at so many seconds from now, by our clock and the venue's.
        func at(_ seconds: Int64, _ command: [String], _ more: [String] = []) async throws -> Program.Result {
            venue.set { $0.clockOffset = seconds * 1_000 }
            return try await program.run(command, more, WrongClock.ahead(seconds))
        }
        let blind = try await at(180, ["monitor"])
        #expect(blind.status == 69 && blind.errors.contains("no fresh price of AAA/USDT"), "\(blind)")
        #expect(try program.troubles.map(\.key) == ["blind:AAA/USDT"])
        for command in [["close", "AAA/USDT"], ["close", "aaa"], ["close", "--all"]] {
            let closing = try await at(185, command)
            #expect(closing.status == 0 && closing.output.contains("AAA/USDT: its sale is pending since"), "\(command): \(closing)")
        }
        let json = try await at(186, ["close", "--all", "--json"]).json()
        #expect(json["pending"] as? [String] == ["AAA/USDT"] && (json["closed"] as? [String])?.isEmpty == true)
        let told = try await at(260, ["monitor"])
        #expect(told.status == 69 && told.output.contains("■ AAA/USDT could not be sold"), "\(told)")
        #expect(told.errors.contains("its sale is pending since") && told.errors.contains("carillon close AAA/USDT --write-off --reason"))

        // The minute's 69 is a failure of its unit, which it told itself; any other end is said.
        let number = try program.journal().lastMessageNumber()
        for code in [nil, "69"] {
            let alert = try await program.run(
                ["alert", "carillon-monitor.service"], WrongClock.ahead(260).merging(code.map { ["MONITOR_EXIT_STATUS": $0] } ?? [:]) { $1 })
            #expect(alert.status == 0 && alert.errors.contains("the monitor has already reported it"), "\(alert)")
        }
        #expect(try program.journal().lastMessageNumber() == number)
        let crash = try await program.run(["alert", "carillon-monitor.service"], WrongClock.ahead(260).merging(["MONITOR_EXIT_STATUS": "134"]) { $1 })
        #expect(crash.status == 0)
        #expect(try program.journal().lastMessageNumber() > number)

        for (more, words) in [(["--write-off"], "go together"), (["--reason", "x"], "go together"), (["--write-off", "--reason", " "], "say why")] {
            let refused = try await at(261, ["close", "AAA/USDT"], more)
            #expect(refused.status == 64 && refused.errors.contains(words), "\(refused)")
        }
        let off = try await at(262, ["close", "AAA/USDT"], ["--write-off", "--reason", "the venue took it off"])
        #expect(off.status == 0 && off.output.contains("AAA/USDT was written off (T0001") && off.output.contains("the venue took it off"), "\(off)")
        #expect(try program.positions.isEmpty && program.troubles.isEmpty)
        let verified = try await at(263, ["journal", "verify"])
        #expect(verified.status == 0, "\(verified)")
        #expect(try await at(264, ["explain", "T0001"]).output.contains("written off: "))
        #expect(try await at(265, ["monitor"]).status == 0)
        #expect(try await at(266, ["close", "--all"]).output.contains("Nothing is open."))
    }
}
