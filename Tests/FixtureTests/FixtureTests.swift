// Every recorded exchange of every venue that has an adapter, one case each: the request our adapter makes of
// the same wish, and what it makes of the same answer.
import Testing

/// A venue's adapter, held against recorded exchanges.
protocol VenueFixtures: Sendable {
    /// Why our adapter has nothing to say to this one; nil where it is checked.
    func notOurs(_ fixture: Fixture) -> String?
    func check(_ fixture: Fixture) async throws
}

@Suite("Recorded exchanges", .enabled(if: FixtureFolder.isThere, Comment(rawValue: FixtureFolder.missing)))
struct FixtureTests {
    /// The adapters there are, by the names of their files.
    static let adapters: [String: any VenueFixtures] = ["binance": BinanceFixtures()]

    static let known: [Fixture] = FixtureFolder.venues.filter { adapters[$0] != nil }.flatMap { FixtureFolder.fixtures(of: $0) }

    @Test("the request we make, and what we make of the answer", arguments: known)
    func fixture(_ fixture: Fixture) async throws {
        let adapter = try #require(Self.adapters[fixture.venue])
        if adapter.notOurs(fixture) == nil { try await adapter.check(fixture) }
    }

    @Test("at most a quarter of a venue's exchanges are not ours", arguments: FixtureFolder.venues)
    func notOurs(_ venue: String) {
        guard let adapter = Self.adapters[venue] else { return print("not checked: no adapter for \(venue).json") }
        let fixtures = Self.known.filter { $0.venue == venue }
        var count = 0
        for fixture in fixtures {
            guard let why = adapter.notOurs(fixture) else { continue }
            print("not ours: \(fixture.testDescription): \(why)")
            count += 1
        }
        print("\(venue): \(fixtures.count) recorded exchanges, \(count) not ours")
        #expect(!fixtures.isEmpty && count * 4 <= fixtures.count)
    }
}
