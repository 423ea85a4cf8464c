// A trade or a cycle, told in the order it happened.
import Analysis
import Application
import Compression
import Events
import Kernel
import Market
import Messaging
import Ports
import Risk
import Settings
import Store
import Trading

extension Story {
    package var text: String {
        // Strategies on shorter candles judge between the cycles, without a picture of the whole market.
        var sections = snapshot == nil && !judgements.isEmpty ? [] : [marketSection]
        if let symbol {
            let asked = !opinions.isEmpty || judgements.isEmpty
            sections +=
                judgements.map { strategySection($0, symbol) } + (asked ? [opinionSection(symbol), voteSection(symbol), reviewSection(symbol)] : [])
        } else {
            sections +=
                [silenceSection, universeSection] + judgements.map { strategySection($0, nil) } + [
                    verdictSection, decided.map { d in d.reviews.map { reviewSection($0.symbol) }.joined(separator: "\n\n") } ?? ""
                ]
        }
        if trade != nil { sections += exits.map { strategySection($0, symbol) } + [lifeSection] }
        if trade == nil, snapshot != nil || judgements.isEmpty { sections.append(closeSection) }
        let title =
            trade.map { "\($0) \(symbol?.description ?? "") · decided in cycle \(cycle)" } ?? "Cycle \(cycle)" + (symbol.map { " · \($0)" } ?? "")
        return ([Style.bold(title)] + sections.filter { !$0.isEmpty }).joined(separator: "\n\n")
    }

    /// Every entry, as it stands in the chain.
    package func json() throws -> String {
        let entries = try session.journal.rawEntries(about: keys)
        return JSONValue.console([
            ("subject", .text(trade?.text ?? cycle.description)), ("symbol", .text(symbol?.description)),
            (
                "entries",
                .list(
                    entries.map {
                        .fields([
                            ("sequence", .number("\($0.sequence)")), ("at", .text($0.at.iso8601)), ("kind", .text($0.kind)),
                            ("version", .number("\($0.version)")),
                            ("body", .number($0.body))
                        ])
                    })
            )
        ])
    }

    /// The full text of every question of this cycle (about this symbol, if one is meant).
    package func prompts() throws -> String {
        guard !calls.isEmpty else { return "No model was asked in cycle \(cycle): its panel is made of indicators." }
        return try calls.map { call in
            let bytes = try session.journal.blob(call.promptBlob).flatMap { Deflate.expand($0, limit: 4 << 20) }
            let text = bytes.map { String(decoding: $0, as: UTF8.self) } ?? "(no longer kept; its hash is \(call.promptBlob))"
            return Style.bold(
                "\(call.analyst)\(call.symbol.map { " about \($0)" } ?? "") · \(call.vendor) \(call.model) · prompt \(call.promptVersion.prefix(12))")
                + "\n" + text
        }.joined(separator: "\n\n")
    }
}
