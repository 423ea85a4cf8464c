// `carillon trades`: what was bought and sold again, a line each, from the journal alone.
import ArgumentParser
import Domain
import Messaging

struct TradesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trades", abstract: "List the closed trades, the newest last, and what they came to.",
        discussion: "Results are after all fees. `carillon explain T0003` tells why one happened; what is open stands in `carillon status`.")
    @OptionGroup var options: CommonOptions
    @Option(help: "Only of the last so many days.")
    var days: Int?

    func validate() throws {
        if let days, !(1...36_500).contains(days) { throw ValidationError("--days is 1 to 36500") }
    }

    mutating func run() async throws {
        try await printed {
            let session = try Session.open(options, .reading)
            let newest = try session.journal.newestEntry() ?? session.clock.now
            let list = TradeList(trades: try session.journal.trades(from: days.map { newest - .days($0) } ?? .earliest),
                                 now: newest, zone: DisplayZone.configured(session.settings.report.zone).zone)
            Terminal.out(options.json ? list.json : list.screen)
        }
    }
}

struct TradeList {
    let trades: [TradeClosed]
    /// The newest entry: days are told from it.
    let now: Timestamp
    let zone: DisplayZone

    var json: String {
        JSONOutput.object([("trades", .list(trades.map { trade in
            .fields([("trade", .text(trade.trade.text)), ("symbol", .text(trade.symbol.description)), ("openedAt", .text(trade.openedAt.iso8601)),
                     ("closedAt", .text(trade.closedAt.iso8601)), ("quantity", .decimal(trade.quantity.value)), ("entryPrice", .decimal(trade.entryPrice.value)),
                     ("exitPrice", .decimal(trade.exitPrice.value)), ("cost", .decimal(trade.cost)), ("proceeds", .decimal(trade.proceeds)), ("fees", .decimal(trade.fees)),
                     ("pnl", .decimal(trade.pnl)), ("share", .decimal(trade.share?.value)), ("r", .decimal(trade.rMultiple.value)),
                     ("exits", .list(trade.exits.map { .text($0.rawValue) })), ("decidedBy", .text(trade.panel)), ("probe", .flag(trade.isProbe))])
        }))])
    }

    var screen: String {
        guard !trades.isEmpty else { return "No trade was closed yet." }
        let rows = trades.map(cells)
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in row.enumerated().map { $1.padded(to: widths[$0]) }.joined(separator: "  ").trimmingEnd }
        return (lines + ["", total]).joined(separator: "\n")
    }

    private func cells(_ trade: TradeClosed) -> [String] {
        [trade.trade.text, trade.symbol.description, Format.moment(trade.closedAt, now: now, in: zone), "held \(Format.span(trade.closedAt - trade.openedAt))",
         Format.money(Money(trade.pnl, trade.symbol.quote), signed: true), trade.share.map { Format.change($0, places: 1) } ?? "",
         "\(Format.decimal(trade.rMultiple.value, places: 2, signed: true)) R", trade.exits.map(\.words).joined(separator: ", ") + (trade.isProbe ? " (probe)" : "")]
    }

    /// A sum a quote currency; a journal has one.
    private var total: String {
        let quote = trades[0].symbol.quote, sum = trades.reduce(FixedDecimal.zero) { $0 + $1.pnl }, fees = trades.reduce(FixedDecimal.zero) { $0 + $1.fees }
        return "\(trades.count) \(trades.count == 1 ? "trade" : "trades") · \(trades.count { $0.pnl.isPositive }) won · together \(Format.money(Money(sum, quote), signed: true)), fees \(Format.amount(fees)) of it"
    }
}

extension TradeClosed {
    /// The result as a share of what was paid; nil where nothing was.
    var share: Ratio? { cost.isPositive ? pnl.checkedDivided(by: cost, rounding: .nearest).map { Ratio($0) } : nil }
}

extension String {
    fileprivate var trimmingEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
