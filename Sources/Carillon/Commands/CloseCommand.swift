// `carillon close`: a person sells, or gives up what can never be sold.
import ArgumentParser
import Domain
import Engine
import Messaging

struct CloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Sell one open position, or all of them, at the market.",
        discussion: """
            What a stop should have sold since the last look is sold at that stop first. A sale that finds no price stays pending, and the \
            monitor asks again each minute. What can never be sold is given up with --write-off: its coins count as nothing from then on.
            """)
    @OptionGroup var options: CommonOptions
    @Argument(help: "The pair, e.g. LINK/USDT.")
    var symbol: String?
    @Flag(help: "Sell everything that is open.")
    var all = false
    @Flag(help: "Give up what can never be sold: close the trade with its whole loss.")
    var writeOff = false
    @Option(help: "Why it is given up, for the journal.")
    var reason: String?

    func validate() throws {
        guard all != (symbol != nil) else { throw ValidationError("name one pair (carillon close LINK/USDT) or say --all") }
        guard writeOff == (reason != nil) else { throw ValidationError("--write-off and --reason \"…\" go together") }
        guard !writeOff || !all else { throw ValidationError("--write-off gives up one pair: name it") }
        guard reason.map({ !SafeReason.line($0).allSatisfy(\.isWhitespace) }) ?? true else { throw ValidationError("--reason is empty: say why it is given up") }
    }

    mutating func run() async throws {
        try await guarded {
            let session = try await Session.writing(options)
            let open = try session.journal.book().openPositions.map(\.symbol)
            let wanted = try symbol.map { try Self.find($0, open) }
            let before = try session.journal.lastMessageNumber()
            if let wanted, let reason {
                try await giveUp(wanted, SafeReason.line(reason), session)
            } else {
                _ = try await ManualClose(try session.assembly().parts()).close(wanted)
            }
            try report(session, of: wanted.map { [$0] } ?? open, after: before)
            await Post(session).deliver()
        }
    }

    private func giveUp(_ symbol: Symbol, _ reason: String, _ session: Session) async throws {
        switch try await WriteOff(try session.assembly().parts()).writeOff(symbol, reason: reason) {
        case .writtenOff, .notOpen: break
        case .sellable(let price):
            throw Failure(.usage, "\(symbol) has a price (\(price)) and can be sold: carillon close \(symbol); nothing was written off")
        }
    }

    /// What became of each that was open: gone, or its sale pending.
    private func report(_ session: Session, of open: [Symbol], after before: Int) throws {
        let book = try session.journal.book()
        let left = Set(book.openPositions.map(\.symbol))
        let pending = book.pendingSales.filter { open.contains($0.symbol) }
        if options.json {
            Terminal.out(JSONOutput.object([("closed", .list(open.filter { !left.contains($0) }.map { .text($0.description) })),
                                          ("pending", .list(pending.map { .text($0.symbol.description) }))]))
            return
        }
        for message in try session.journal.messages(after: before) { Terminal.out(message.plain + "\n") }
        if open.isEmpty { Terminal.out("Nothing is open.") }
        for sale in pending { Terminal.out(PendingSale(sale, session).words) }
    }

    /// A pair that is open, by its name with or without the slash.
    private static func find(_ text: String, _ open: [Symbol]) throws(Failure) -> Symbol {
        let upper = text.uppercased()
        if let symbol = open.first(where: { $0.description == upper || $0.joined == upper || $0.base.code == upper }) { return symbol }
        throw Failure(.usage, "\(SafeReason.line(text)) is not open; open: \(open.isEmpty ? "nothing" : open.map(\.description).joined(separator: ", "))")
    }
}

/// A sale that was announced and has no final answer.
struct PendingSale {
    let sale: Order
    let session: Session
    init(_ sale: Order, _ session: Session) {
        self.sale = sale
        self.session = session
    }

    var words: String {
        let zone = DisplayZone.configured(session.settings.report.zone).zone, now = session.clock.now
        let trouble = (try? session.journal.book())?.trouble(.unsellable, sale.symbol.description)
        let why = trouble.map { ", \(SafeText.line($0.why))" } ?? ""
        let remedy = trouble?.isTold == true ? "; where it can never be sold: carillon close \(sale.symbol) --write-off --reason \"…\"" : ""
        return "\(sale.symbol): its sale is pending since \(Format.moment(sale.createdAt, now: now, in: zone)) (\(sale.id)), not filled yet\(why); "
            + "the monitor asks again each minute\(remedy)"
    }
}
