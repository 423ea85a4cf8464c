// The conformance suite of the Exchange port: every numbered case on every registered venue. A case that a venue
// cannot play is reported by name with what is missing there, and which those are is itself tested.
import Testing

@Suite struct ConformanceTests {
    struct Pair: CustomTestStringConvertible, Sendable {
        let venue: RegisteredVenue
        let test: ConformanceCase
        let missing: [Need]
        var testDescription: String {
            let why = missing.isEmpty ? test.title : "not played, for want of " + missing.map(\.name).joined(separator: ", ")
            return "\(venue.name) \(test.number): \(why)"
        }
    }
    static let pairs = Registry.venues.flatMap { venue in ConformanceCase.all.map { Pair(venue: venue, test: $0, missing: $0.missing(on: venue)) } }

    @Test("the venue keeps the port's promise", arguments: pairs.filter(\.missing.isEmpty))
    func conforms(_ pair: Pair) async throws {
        try await Self.with(pair) { trial in
            let opening = try await trial.venue.books()
            try await pair.test.run(trial)
            try await Aftermath(trial: trial, opening: opening).check(pair.test.ending)
        }
    }

    @Test("what a venue lacks it calls unsupported, and does nothing", arguments: pairs.filter { !$0.missing.isEmpty })
    func lacks(_ pair: Pair) async throws {
        try await Self.with(pair) { trial in
            let before = try await trial.venue.books()
            for need in pair.missing { if let attempt = need.attempt { #expect(await attempt(trial)?.kind == "unsupported", "\(need.name)") } }
            #expect(try await trial.venue.books().orders.count == before.orders.count)
        }
    }

    private static func with(_ pair: Pair, _ body: (Trial) async throws -> Void) async throws {
        let venue = try await pair.venue.open()
        do { try await body(Trial(number: pair.test.number, venue: venue)) } catch {
            await venue.stop()
            throw error
        }
        await venue.stop()
    }

    @Test("numbers are unique and ascending")
    func numbers() {
        let numbers = ConformanceCase.all.map(\.number)
        #expect(numbers == Set(numbers).sorted())
    }

    @Test("a venue plays the cases it is known to play, no fewer", arguments: Registry.venues.indices)
    func played(_ index: Int) {
        let venue = Registry.venues[index]
        let played = ConformanceCase.all.filter { $0.missing(on: venue).isEmpty }.map(\.number)
        #expect(Set(played) == venue.plays ?? Set(ConformanceCase.all.map(\.number)), "\(venue.name)")
    }
}
