// Nobody looked while a stop was crossed: what that cost is told as a fact of the past, and nothing is broken by it.
import Foundation
import Kernel
import TestSupport
import Testing

@Suite("After a downtime", .enabled(if: Program.isThere && WrongClock.library != nil, "the program is not built, or there is no C compiler"))
struct DowntimeTests {
    private static let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }

    @Test(
        "a stop that was crossed while nobody looked is told with its position, span and moment, and is no damage: verify ends with 0, doctor hints")
    func crossedWhileNobodyLooked() async throws {
        let venue = try StandInVenue(now: Self.now)
        defer { venue.stop() }
        let program = try await WrongClockTests().prepared(venue, position: true)
        defer { program.remove() }
        let fall = Self.now() + .minutes(3)
        venue.set {
            $0.clockOffset = 16 * 60_000
            $0.last["AAA"] = "80.00"
            $0.klines["AAA"] = { $0.map { StandInVenue.row($0, close: $0 < fall ? "100.00" : "80.00", step: .minutes(1)) } }
        }
        let ahead = WrongClock.ahead(16 * 60)
        let sold = try await program.run(["monitor"], ahead)
        #expect(sold.status == 0 && sold.output.contains("1 sold"), "\(sold)")

        let verified = try await program.run(["journal", "verify"], ahead)
        #expect(verified.status == 0 && verified.errors.isEmpty, "\(verified)")
        let line = try #require(verified.output.split(separator: "\n").first { $0.contains("T0001 AAA/USDT: its exit came ") }, "\(verified)")
        #expect(line.contains(/came 1\d min late, from .*\d\d:\d\d to .*\d\d:\d\d UTC; nobody looked meanwhile; nothing needs doing/), "\(line)")
        #expect(verified.output.contains(/balanced · every position protected now, 1\d min without protection before/), "\(verified)")
        let json = try await program.run(["journal", "verify", "--json"], ahead)
        #expect(
            try json.status == 0 && (json.json()["unprotectedSeconds"] as? Int ?? 0) > 600 && (json.json()["past"] as? [String])?.count == 1,
            "\(json)")

        let doctor = try await program.run(["doctor", "--offline"], [], ahead)
        #expect(doctor.output.contains(/! position .*T0001 AAA\/USDT: its exit came 1\d min late.* nothing needs doing/), "\(doctor)")
        #expect(!doctor.output.contains("✗ journal") && !doctor.output.contains("✗ position"), "\(doctor)")
    }
}
