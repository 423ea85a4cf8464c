// `carillon close`: a person sells.
import ArgumentParser
import Domain
import Engine

struct CloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "close", abstract: "Sell one open position, or all of them, at the market.")
    @OptionGroup var options: CommonOptions
    @Argument(help: "The pair, e.g. LINK/USDT.")
    var symbol: String?
    @Flag(help: "Sell everything that is open.")
    var all = false

    func validate() throws {
        guard all != (symbol != nil) else { throw ValidationError("name one pair (carillon close LINK/USDT) or say --all") }
    }

    mutating func run() async throws {
        try await guarded {
            let session = try await Session.writing(options)
            let book = try session.journal.book()
            let wanted = try symbol.map { try Self.find($0, book) }
            let before = try session.journal.lastMessageNumber()
            let announced = try await ManualClose(try session.assembly().parts()).close(wanted)
            let left = try session.journal.book().openPositions.map(\.symbol).filter { announced.contains($0) }
            if options.json {
                Terminal.out(JSONOutput.object([("closed", .list(announced.filter { !left.contains($0) }.map { .text($0.description) })),
                                              ("pending", .list(left.map { .text($0.description) }))]))
            } else {
                for message in try session.journal.messages(after: before) { Terminal.out(message.plain + "\n") }
                if announced.isEmpty { Terminal.out("Nothing is open.") }
                for symbol in left { Terminal.out("\(symbol): announced, not filled yet; the monitor asks again each minute") }
            }
            await Post(session).deliver()
        }
    }

    /// A pair that is open, by its name with or without the slash.
    private static func find(_ text: String, _ book: Book) throws(Failure) -> Symbol {
        let upper = text.uppercased()
        if let position = book.openPositions.first(where: { $0.symbol.description == upper || $0.symbol.joined == upper || $0.symbol.base.code == upper }) {
            return position.symbol
        }
        let open = book.openPositions.map(\.symbol.description)
        throw Failure(.usage, "\(SafeReason.line(text)) is not open; open: \(open.isEmpty ? "nothing" : open.joined(separator: ", "))")
    }
}
