// `carillon candles repair`: what is missing or damaged, from an exchange or from files.
import ArgumentParser
import CandleStore
import Domain
import Messaging
import Ports

struct CandlesRepairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair", abstract: "Fetch or import what is missing or damaged.",
        discussion: """
            Without files the exchange is asked for each gap and each damaged block, and for nothing else. With files only what is missing or damaged is \
            taken from them. A damaged block is given up only for at least as many candles as it held. What nobody has stays a gap: nothing is made up.
            """)
    @OptionGroup var options: CandleStoreOptions
    @OptionGroup var venue: HistoryOptions
    @Option(help: ArgumentHelp("Only these pairs.", valueName: "A,B"), transform: SymbolList.read)
    var symbols: SymbolList?
    @Argument(help: "Files to take it from, in place of the exchange.")
    var files: [String] = []

    mutating func run() async throws {
        try await guarded {
            // Looking first: a repair of nothing makes no store.
            _ = try options.open()
            let writer = try options.openForWriting()
            let items = try writer.store.repairs(symbols?.symbols)
            let wanted = items.reduce(0) { $0 + $1.candles }
            let reasons = try await files.isEmpty ? fetch(items, writer) : take(items, writer)
            let left = try writer.store.repairs(symbols?.symbols).reduce(0) { $0 + $1.candles }
            let damages = try writer.store.verify(symbols?.symbols).damages
            if options.json {
                Terminal.out(JSONOutput.object([("wanted", CandleWords.number(wanted)), ("found", CandleWords.number(wanted - left)), ("left", CandleWords.number(left)),
                                                ("damaged", CandleWords.number(damages.count)), ("failures", .list(reasons.map { .text($0) }))]))
            } else {
                for reason in reasons { Terminal.out(reason) }
                Terminal.out(wanted == 0 ? "nothing is missing or damaged" : "\(CandleWords.grouped(wanted - left)) of \(CandleWords.count(wanted, "candle")) found, \(CandleWords.grouped(left)) left")
            }
            if let damage = damages.first { throw Failure(.data, "still damaged: \(damage)\(damages.count > 1 ? " and \(damages.count - 1) more" : "")") }
            if files.isEmpty, let reason = reasons.first { throw Failure(.unavailable, "\(reason); run it again to go on") }
        }
    }

    private func fetch(_ items: [RepairItem], _ writer: CandleStoreWriter) async throws -> [String] {
        guard !items.isEmpty else { return [] }
        let clock = SystemClock(), progress = ProgressLine()
        let result = try await Repair(writer).run(items, from: try venue.feed(clock, store: writer.store.path), now: clock.now) { item, done, all in
            progress.draw("\(done)/\(all) months  \(Format.progress(done, of: all))  \(item.symbol) \(item.month)")
        }
        progress.clear()
        return result.failures.map { "\($0.item.symbol) \($0.item.month): \($0.reason)" }
    }

    private func take(_ items: [RepairItem], _ writer: CandleStoreWriter) throws -> [String] {
        var reasons: [String] = []
        for path in files {
            if try Repair(writer).run(items, from: ImportFile(path: path)) == nil { reasons.append("\(path): nothing is missing that it could have") }
        }
        return reasons
    }
}
