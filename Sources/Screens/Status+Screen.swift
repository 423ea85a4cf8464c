// Where the account stands, for a person and for a machine: first what is wrong, then the figures.
import Application
import Events
import Kernel
import Market
import Messaging
import Ports
import Risk
import Settings
import SettingsFiles
import Store
import Strategies
import Trading

extension Status {
    private var zone: DisplayZone { session.zone }

    package var json: String {
        JSONValue.console([
            ("home", .text(session.folder.path)), ("version", .text(Version.number)), ("mode", .text(book.identity?.mode)),
            ("world", .text(book.identity?.world)), ("quote", .text(book.quote.code)), ("equity", .decimal(equity)),
            ("cash", .decimal(book.main.cash)), ("deposited", .decimal(book.main.baselines.deposited)),
            ("highWaterMark", .decimal(book.main.baselines.highWaterMark)), ("dayEquity", .decimal(book.main.baselines.dayEquity)),
            ("positions", .list(book.main.sortedPositions.map(Self.fields))),
            ("unresolvedOrders", .list(book.main.unresolvedOrders.map { .text($0.id.text) })),
            ("breakers", breakers),
            ("strategies", strategies),
            ("troubles", troubles),
            ("problems", lastHour.json),
            ("undelivered", waiting),
            ("lastLooked", .text(lastLooked?.iso8601)),
            ("halted", .text(halted)), ("lastCycle", .text(book.lastCycle?.description)), ("nextCycle", .text(next.iso8601)),
            ("closedTrades", .number("\(book.main.record.closed)")), ("losingStreak", .number("\(book.main.record.losingStreak)")),
            ("journalHash", .text(head))
        ])
    }

    private var breakers: JSONValue {
        .list(
            book.main.activeBreakers(at: now).map { active in
                .fields([
                    ("name", .text(active.name.rawValue)), ("why", .text(active.breaker.cause.words)), ("until", .text(active.breaker.until?.iso8601))
                ])
            })
    }

    private var strategies: JSONValue {
        .list(
            session.configuration.instances.map { instance in
                .fields([
                    ("name", .text(instance.name)), ("strategy", .text(instance.strategy.name)),
                    ("version", .number("\(instance.strategy.version)")),
                    ("timeframe", .text(instance.timeframe.rawValue)), ("judged", .text(book.judged[instance.name]?.closedAt.iso8601))
                ])
            })
    }

    private var troubles: JSONValue {
        .list(
            book.troubles.map { trouble in
                .fields([
                    ("kind", .text(trouble.kind.rawValue)), ("subject", .text(trouble.subject)), ("since", .text(trouble.since.iso8601)),
                    ("why", .text(trouble.why))
                ])
            })
    }

    private var waiting: JSONValue {
        .list(
            undelivered.map { message in
                .fields([
                    ("number", .number("\(message.number)")), ("at", .text(message.at.iso8601)), ("attempts", .number("\(message.attempts)")),
                    ("givenUp", .flag(message.isGivenUp)), ("why", .text(message.why))
                ])
            })
    }

    private static func fields(_ position: Position) -> JSONValue {
        let holding = position.holding
        return .fields([
            ("trade", .text(position.trade.text)), ("symbol", .text(position.symbol.description)), ("status", .text(position.status.rawValue)),
            ("quantity", .decimal(holding?.remaining.value)), ("entryPrice", .decimal(holding?.entryPrice.value)),
            ("stop", .decimal(holding?.protectiveStop.value)), ("nextTarget", .decimal(holding?.nextRung?.price.value)),
            ("probe", .flag(position.isProbe))
        ])
    }

    /// What lasts, what the last hour's report began with, what did not arrive, and that nobody looks: before any figure.
    private var wrong: [String] {
        var lines = book.troubles.flatMap { trouble in
            [Style.bold("■ \(SafeText.line(trouble.headline)), since \(Format.moment(trouble.since, now: now, in: zone))"), "  \(trouble.advice)"]
        }
        lines += lastHour.problems.map { Style.bold("■ \(lastHour.line($0))") }
        if let watch, watch.isLate {
            lines.append(watch.isNeeded ? Style.bold("■ \(watch.words.firstCapital)") : "\(watch.words.firstCapital); nothing is open")
        }
        if let line = UndeliveredWords(undelivered, zone: zone, now: now).line { lines.append(Style.bold("■ Telegram: \(line)")) }
        return lines
    }

    package var screen: String {
        var lines: [String] = []
        if let halted { lines.append(Style.bold("■ Halted: \(halted)")) }
        for active in book.main.activeBreakers(at: now) {
            let until = active.breaker.until.map { "until \(Format.moment($0, now: now, in: zone))" } ?? "until you reset it"
            lines.append(Style.bold("■ Trading paused: \(active.breaker.cause.words) (breaker \(active.name.rawValue), \(until))"))
        }
        lines += wrong
        // What was sold since the last mark is cash; what is still open counts as it did then.
        let equity = equity
        lines.append(
            "Equity \(Format.money(Money(equity, book.quote))) at the last prices known · cash \(Format.money(Money(book.main.cash, book.quote))) · "
                + "\(book.identity?.mode ?? "paper") · \(book.identity?.world ?? "")"
        )
        for position in book.main.sortedPositions {
            guard let holding = position.holding else {
                lines.append("\(position.trade)  \(position.symbol)  pending")
                continue
            }
            func price(_ price: Price) -> String { Format.price(price, tick: holding.instrument.tickSize) }
            let target = holding.nextRung.map { "next target \(price($0.price))" } ?? "no target left"
            lines.append(
                "\(position.trade)  \(position.symbol)  \(Format.quantity(holding.remaining)) at \(price(holding.entryPrice))  "
                    + "\(holding.isTrailing ? "trailing stop" : "stop") \(price(holding.protectiveStop))  \(target)")
            if let tag = position.strategy, !session.configuration.instances.contains(where: { $0.name == tag.name }) {
                lines.append("       its strategy \(tag) is no longer listed: its exit condition is not looked at, only stop and targets sell")
            }
        }
        if book.main.sortedPositions.isEmpty { lines.append("Nothing is open.") }
        for instance in session.configuration.instances {
            let last = book.judged[instance.name].map {
                "judged \($0.judged) at \(Format.moment($0.closedAt, now: now, in: zone))"
                    + ($0.unjudged.isEmpty ? "" : ", \($0.unjudged.count) could not be judged")
            }
            lines.append("Strategy \(instance.tag) · \(instance.timeframe.rawValue) · \(last ?? "not yet judged")")
        }
        lines.append(
            "\(book.main.record.closed) trades closed, \(book.main.record.won) won, \(book.main.record.losingStreak) "
                + "\(book.main.record.losingStreak == 1 ? "loss" : "losses") in a row"
        )
        lines.append(
            "Last cycle \(book.lastCycle?.description ?? "none") · next \(Format.moment(next, now: now, in: zone)) · journal \(head.prefix(8))")
        if let home = session.homeLine { lines.append(home) }
        return lines.joined(separator: "\n")
    }
}

extension String {
    fileprivate var firstCapital: String { prefix(1).uppercased() + dropFirst() }
}
