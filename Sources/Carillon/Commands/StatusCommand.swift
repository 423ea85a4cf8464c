// `carillon status`: where the account stands, from the journal alone.
import ArgumentParser
import Domain
import Messaging
import Store

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Show what is wrong, the account, open positions and what is due next.")
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await printed {
            let session = try Session.open(options, .reading)
            let status = try Status(session)
            Terminal.out(options.json ? status.json : status.screen)
        }
    }
}

struct Status {
    let session: Session
    let book: Book
    let now: Timestamp
    let head: String
    let undelivered: [Undelivered]

    init(_ session: Session) throws {
        self.session = session
        book = try session.journal.book()
        now = session.clock.now
        head = try session.journal.head()
        undelivered = session.settings.telegram.enabled ? try session.journal.undelivered(channel: Post.channel, at: now) : []
    }

    private var halted: String? { session.folder.killSwitch() ?? book.killSwitch }
    private var zone: DisplayZone { DisplayZone.configured(session.settings.report.zone).zone }

    var json: String {
        JSONOutput.object([
            ("home", .text(session.place.path)), ("version", .text(Version.number)), ("mode", .text(book.identity?.mode)),
            ("world", .text(book.identity?.world)), ("quote", .text(book.quote.code)), ("equity", .decimal(book.lastEquity ?? book.cash)),
            ("cash", .decimal(book.cash)), ("deposited", .decimal(book.baselines.deposited)),
            ("highWaterMark", .decimal(book.baselines.highWaterMark)), ("dayEquity", .decimal(book.baselines.dayEquity)),
            ("positions", .list(book.sortedPositions.map(Self.fields))),
            ("unresolvedOrders", .list(book.unresolvedOrders.map { .text($0.id.text) })),
            ("breakers", .list(book.activeBreakers(at: now).map { active in
                .fields([("name", .text(active.name.rawValue)), ("why", .text(active.breaker.why)), ("until", .text(active.breaker.until?.iso8601))])
            })),
            ("strategies", .list(session.configuration.instances.map { instance in
                .fields([("name", .text(instance.name)), ("strategy", .text(instance.strategy.name)), ("version", .number("\(instance.strategy.version)")),
                         ("timeframe", .text(instance.timeframe.rawValue)), ("judged", .text(book.judged[instance.name]?.closedAt.iso8601))])
            })),
            ("troubles", .list(book.troubles.map { trouble in
                .fields([("kind", .text(trouble.kind.rawValue)), ("subject", .text(trouble.subject)), ("since", .text(trouble.since.iso8601)), ("why", .text(trouble.why))])
            })),
            ("undelivered", .list(undelivered.map { message in
                .fields([("number", .number("\(message.number)")), ("at", .text(message.at.iso8601)), ("attempts", .number("\(message.attempts)")),
                         ("givenUp", .flag(message.isGivenUp)), ("why", .text(message.why))])
            })),
            ("lastLooked", .text(Heartbeat(session).last?.iso8601)),
            ("halted", .text(halted)), ("lastCycle", .text(book.lastCycle?.description)), ("nextCycle", .text(next.iso8601)),
            ("closedTrades", .number("\(book.record.closed)")), ("losingStreak", .number("\(book.record.losingStreak)")),
            ("journalHash", .text(head)),
        ])
    }

    private var next: Timestamp { now.floored(to: session.settings.cycle.interval) + session.settings.cycle.interval }

    private static func fields(_ position: Position) -> JSONOutput {
        let holding = position.holding
        return .fields([
            ("trade", .text(position.trade.text)), ("symbol", .text(position.symbol.description)), ("status", .text(position.status.rawValue)),
            ("quantity", .decimal(holding?.remaining.value)), ("entryPrice", .decimal(holding?.entryPrice.value)),
            ("stop", .decimal(holding?.protectiveStop.value)), ("nextTarget", .decimal(holding?.nextRung?.price.value)),
            ("probe", .flag(position.isProbe)),
        ])
    }

    /// What lasts, what did not arrive, and that nobody looks: said before any figure.
    private var wrong: [String] {
        var lines = book.troubles.flatMap { trouble in
            [Terminal.bold("■ \(SafeText.line(trouble.headline)), since \(Format.moment(trouble.since, now: now, in: zone))"), "  \(trouble.advice)"]
        }
        if let watch = Watch(session, book), watch.isLate {
            lines.append(watch.isNeeded ? Terminal.bold("■ \(watch.words.firstCapital)") : "\(watch.words.firstCapital); nothing is open")
        }
        if let line = UndeliveredWords(undelivered, zone: zone, now: now).line { lines.append(Terminal.bold("■ Telegram: \(line)")) }
        return lines
    }

    var screen: String {
        var lines: [String] = []
        if let halted { lines.append(Terminal.bold("■ Halted: \(halted)")) }
        for active in book.activeBreakers(at: now) {
            let until = active.breaker.until.map { "until \(Format.moment($0, now: now, in: zone))" } ?? "until you reset it"
            lines.append(Terminal.bold("■ Trading paused: \(active.breaker.why) (breaker \(active.name.rawValue), \(until))"))
        }
        lines += wrong
        let equity = book.lastEquity ?? book.cash
        lines.append("Equity \(Format.money(Money(equity, book.quote))) at the last mark · cash \(Format.money(Money(book.cash, book.quote))) · \(book.identity?.mode ?? "paper") · \(book.identity?.world ?? "")")
        for position in book.sortedPositions {
            guard let holding = position.holding else {
                lines.append("\(position.trade)  \(position.symbol)  pending")
                continue
            }
            func price(_ price: Price) -> String { Format.price(price, tick: holding.instrument.tickSize) }
            let target = holding.nextRung.map { "next target \(price($0.price))" } ?? "no target left"
            lines.append("\(position.trade)  \(position.symbol)  \(Format.quantity(holding.remaining)) at \(price(holding.entryPrice))  "
                + "\(holding.isTrailing ? "trailing stop" : "stop") \(price(holding.protectiveStop))  \(target)")
            if let tag = position.strategy, !session.configuration.instances.contains(where: { $0.name == tag.name }) {
                lines.append("       its strategy \(tag) is no longer listed: its exit condition is not looked at, only stop and targets sell")
            }
        }
        if book.sortedPositions.isEmpty { lines.append("Nothing is open.") }
        for instance in session.configuration.instances {
            let last = book.judged[instance.name].map { "judged \($0.judged) at \(Format.moment($0.closedAt, now: now, in: zone))" + ($0.unjudged.isEmpty ? "" : ", \($0.unjudged.count) could not be judged") }
            lines.append("Strategy \(instance.tag) · \(instance.timeframe.rawValue) · \(last ?? "not yet judged")")
        }
        lines.append("\(book.record.closed) trades closed, \(book.record.won) won, \(book.record.losingStreak) \(book.record.losingStreak == 1 ? "loss" : "losses") in a row")
        lines.append("Last cycle \(book.lastCycle?.description ?? "none") · next \(Format.moment(next, now: now, in: zone)) · journal \(head.prefix(8))")
        if let home = session.homeLine { lines.append(home) }
        return lines.joined(separator: "\n")
    }
}

extension String {
    fileprivate var firstCapital: String { prefix(1).uppercased() + dropFirst() }
}
