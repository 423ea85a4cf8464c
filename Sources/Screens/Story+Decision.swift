// The first half of a story: what the market looked like, who said what, how the votes fell, and what the
// gate and the size made of it.
import Analysis
import Application
import Events
import Kernel
package import Market
import Messaging
import Risk
import Settings
import Trading

extension Story {
    package var marketSection: String {
        guard let snapshot else { return "The market could not be seen in this cycle." }
        var lines = [
            "The market at \(Format.moment(snapshot.asOf, now: snapshot.asOf, in: zone)) \(zone.name(at: snapshot.asOf)), "
                + "snapshot \(snapshot.hash.prefix(12))"
        ]
        if let symbol, let row = snapshot.offered.first(where: { $0.symbol == symbol }) {
            var line = "  \(symbol) last \(row.last)"
            if let change = row.change { line += ", \(Format.change(change)) in 24 h" }
            if let volume = row.quoteVolume { line += ", volume \(Format.decimal(volume, places: 0)) \(symbol.quote)" }
            lines.append(line + ", \(row.candles) hourly candles to \(row.newestCandle)")
        }
        if let breadth = snapshot.regime.breadth, let volatility = snapshot.regime.volatility {
            lines.append("  median of all offered: \(percent(breadth)) in 24 h, hourly volatility \(percent(volatility))")
        }
        if let mood = snapshot.sentiment { lines.append("  fear and greed \(mood) of 100") }
        lines += Set(snapshot.sources.map(\.name)).sorted().compactMap { name in snapshot.sources.first { $0.name == name } }.map {
            "  source \($0.name): \($0.status.rawValue)\($0.detail.isEmpty ? "" : ", \(SafeText.line($0.detail, limit: 200))")"
        }
        return lines.joined(separator: "\n")
    }

    package var universeSection: String {
        guard let snapshot else { return "" }
        let out = snapshot.universe.filter { !$0.isKept }
        var lines = ["\(snapshot.universe.count) instruments, \(snapshot.offered.count) offered to the panel"]
        lines += out.map { "  out  \($0.symbol): \($0.words)" }
        return lines.joined(separator: "\n")
    }

    package func opinionSection(_ symbol: Symbol) -> String {
        let own = opinions.filter { $0.symbol == symbol }
        guard !own.isEmpty else { return "No analyst was asked about \(symbol)." }
        return
            (["What each analyst said"]
            + own.map { opinion in
                let role = opinion.role == .guardian ? "guard" : "voter"
                guard let conviction = opinion.conviction else {
                    return "  \(opinion.analyst) (\(role), \(opinion.family)) abstained: \(SafeText.line(opinion.abstainReason ?? ""))"
                }
                let said =
                    opinion.role == .guardian && opinion.action == .buy
                    ? "no objection" : "\(opinion.action.rawValue) \(Format.decimal(conviction.value, places: 2))"
                return "  \(opinion.analyst) (\(role), \(opinion.family)): \(said) — \(SafeText.line(opinion.reason, limit: 400))"
            }).joined(separator: "\n")
    }

    package func voteSection(_ symbol: Symbol) -> String {
        guard let verdict = decided?.verdicts.first(where: { $0.symbol == symbol }) else { return "" }
        var lines = ["How the votes fell"]
        lines.append(
            "  agree: \(names(verdict.agreeing)) · oppose: \(names(verdict.opposing)) · "
                + "mean conviction \(Format.decimal(verdict.conviction.value, places: 2)) of all voters, a no counting 0 (ranks and sizes; "
                + "the floor is each voter's own; not a probability)"
        )
        lines += verdict.vetoes.map { "  veto by \($0.analyst): \(SafeText.line($0.why))" }
        lines.append(
            verdict.rank.map { "  agreed, ranked \($0)" + (verdict.keptOut.map { "; \($0.words)" } ?? "") }
                ?? "  not agreed: \(SafeText.line(verdict.keptOutWords ?? ""))")
        return lines.joined(separator: "\n")
    }

    package var verdictSection: String {
        guard let decided else { return "" }
        let shown = decided.verdicts.filter(\.isShortlisted)
        return
            (["\(shown.count) shortlisted\(whyNone(decided.verdicts))"]
            + shown.map { verdict in
                "  \(verdict.symbol): \(verdict.agreeing.count) agree (\(names(verdict.agreeing))), "
                    + "mean conviction \(Format.decimal(verdict.conviction.value, places: 2))"
                    + (verdict.keptOutWords.map { " — \(SafeText.line($0))" } ?? "")
            }).joined(separator: "\n")
    }

    package func reviewSection(_ symbol: Symbol) -> String {
        guard let review = decided?.reviews.first(where: { $0.symbol == symbol }) else { return "" }
        var lines = ["\(symbol) before the gate\(review.price.map { ", at \($0)" } ?? "")"]
        if let likeness = review.likeness { lines.append("  most like \(likeness.symbol): correlation \(decimal(likeness.correlation))") }
        lines += checkLines(review)
        if let sizing = review.sizing { lines += sizingLines(sizing) }
        lines.append(review.refusalWords.map { "  refused — \(SafeText.line($0))" } ?? "  approved, order \(review.order?.text ?? "")")
        return lines.joined(separator: "\n")
    }

    func checkLines(_ review: Review) -> [String] {
        review.checks.map {
            "  \($0.passed ? "✓" : "✗") \($0.check.rawValue): \(SafeText.line($0.foundWords(on: review.symbol))) "
                + "(limit \($0.limitWords(on: review.symbol)))"
        }
    }

    private func sizingLines(_ sizing: SizingReport) -> [String] {
        var lines = [
            "  size: \(sizing.quantity) = \(Format.amount(sizing.notional)), at risk \(Format.amount(sizing.atRisk))"
                + (sizing.isProbe ? ", a probe" : "")
                + (sizing.bound.map { "; bound by \($0.rawValue)" } ?? "") + (sizing.refusal.map { "; \($0.rawValue)" } ?? "")
        ]
        if let odds = sizing.odds {
            lines.append("    outcomes            stop, 1 rung, 2 rungs, all")
            lines.append("    base rates          \(list(odds.prior))")
            lines.append("    tilted by conviction \(list(odds.tilted)) (log-odds \(decimal(odds.tilt)))")
            lines.append("    with \(odds.counts.reduce(0, +)) closed trades \(list(odds.posterior)) (prior weighs \(decimal(odds.priorWeight)))")
            lines.append("    net returns         \(odds.netReturns.map(percent).joined(separator: ", ")); mean \(percent(odds.meanNet))")
            // Not the journaled one: it is of driftless odds, and these are of another mix.
            if let breakEven = BreakEven.stopProbability(keepingMixOf: odds.posterior, returns: odds.netReturns) {
                lines.append("    pays for itself below P(stop) \(percent(breakEven)), the others in this mix; now \(percent(odds.posterior[0]))")
            }
        }
        if let f = sizing.fractions {
            lines.append(
                "    Kelly \(percent(f.raw)) of equity · × factor \(percent(f.factored)) · cautious \(percent(f.cautious)) · "
                    + "drawdown \(percent(f.drawdown))"
            )
        }
        lines += sizing.caps.map { "    cap \($0.bound.rawValue): \(Format.amount($0.notional))" }
        return lines
    }

    private func names(_ names: [String]) -> String { names.isEmpty ? "none" : names.joined(separator: ", ") }
    private func list(_ values: [Double]) -> String { values.map(percent).joined(separator: ", ") }
    package func decimal(_ value: Double) -> String {
        FixedDecimal(shortest: value).map { Format.decimal($0, places: 2, trimmed: true) } ?? "\(value)"
    }
    package func percent(_ value: Double) -> String { FixedDecimal(shortest: value).map { Format.percent(Ratio($0), places: 2) } ?? "\(value)" }
}
