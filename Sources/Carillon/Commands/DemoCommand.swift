// `carillon demo`: a day of the bot in virtual time, hour by hour, with paper money and no keys.
import ArgumentParser
import Domain
import Engine
import Store

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "demo", abstract: "Run hours of trading in virtual time, with paper money.")

    @Option(help: "The folder of the journal; a demo that was killed goes on from there.")
    var home: String
    @Option(help: "How many hours to run.")
    var hours = 24
    @Option(help: "Which synthetic market.")
    var seed: UInt64 = 7
    @Flag(help: "Print one JSON object at the end and nothing else.")
    var json = false

    mutating func run() async throws {
        let start = Timestamp(iso8601: "2026-01-05T00:00:00Z")!
        let clock = VirtualClock(start)
        let settings = CarillonSettings.default
        let journal = try SQLiteJournal(path: home + "/journal.sqlite")
        let world = Assembly.synthetic(seed: seed, instruments: settings.feeds.instruments)
        let assembly = Assembly(settings: settings, journal: journal, clock: clock, world: world)
        try Opening.open(journal, as: JournalOpened(world: world.identity, start: start, mode: "paper", quote: settings.account.quote),
                         deposit: Money(settings.account.startBalance, settings.account.quote), at: start)
        let parts = assembly.parts()
        let monitor = MinuteMonitor(parts), cycle = HourlyCycle(parts)
        for minute in 0..<hours * 60 {
            let time = start + .minutes(minute)
            clock.set(time)
            _ = try await monitor.step()
            if minute % 60 == 0 { _ = try await cycle.run(CycleId(hour: time)) }
        }
        print(try journal.head(), journal.commits, try journal.book().lastEquity as Any)
    }
}
