// What is wrong in an hour, worst first, and the smaller things worth a line. What lasts has the same key in each
// hour, so that a person is called once.
import Analysis
import Events
import Kernel
import Market
import Ports
import Risk
import Settings
import Strategies
import Trading

extension CycleReporter {
    func problems(_ account: AccountView, _ book: Book) -> [HourlyReport.Problem] {
        let known = Set(book.lastProblems ?? [])
        let standing = breakers(account).map { HourlyReport.Problem($0, isTold: true) }
        let new = halted(account) + blind(book) + panelProblems + hour + sources(book)
        let found = new.map { HourlyReport.Problem($0, isTold: known.contains($0.key)) }
        let first = halted(account).count
        return found.prefix(first) + standing + found.dropFirst(first)
    }

    private func halted(_ account: AccountView) -> [HourProblem] { account.killSwitch.map { [.halted(why: $0)] } ?? [] }

    /// Each said so when it tripped.
    private func breakers(_ account: AccountView) -> [HourProblem] {
        account.breakers.map { name, breaker in .breaker(name, breaker.cause, until: breaker.until) }
    }

    private func blind(_ book: Book) -> [HourProblem] {
        book.main.openPositions.map(\.symbol).filter { marks[$0] == nil && book.trouble(.blind, $0.description) == nil }.map { .blind($0) }
    }

    /// Analysts that answered nothing they were asked, and what that means for the hour.
    private var panelProblems: [HourProblem] {
        let silent = silentAnalysts
        let voters = parts.panel.seats.filter { $0.role == .voter }, needed = parts.settings.consensus.agreements
        let mute = voters.filter { seat in silent.contains { $0.name == seat.name } }
        let found = silent.map { HourProblem.silent(analyst: $0.name, why: $0.why) }
        guard !mute.isEmpty, voters.count - mute.count < needed else { return found }
        return [.noAgreement(needed: needed, voters: voters.count, silent: mute.map(\.name))] + found
    }

    /// Abstained on everything they were asked about.
    var silentAnalysts: [(name: String, why: String)] {
        let byName = Dictionary(grouping: opinions, by: \.analyst)
        return parts.panel.seats.compactMap { seat in
            guard let given = byName[seat.name], given.allSatisfy({ $0.action == .abstain }), let first = given.first else { return nil }
            return (seat.name, first.abstainReason ?? "no reason given")
        }
    }

    private var hour: [HourProblem] {
        (missed.map { [.missed(count: $0.count, from: $0.first.hour, why: $0.why)] } ?? [])
            + parts.unusable.map { .strategyUnusable($0) } + (skipped.map { [.skipped(why: $0)] } ?? [])
    }

    private func sources(_ book: Book) -> [HourProblem] {
        let lost = snapshot.sources.filter { $0.status == .lost || $0.status == .stale }
            .map { HourProblem.source(name: $0.name, isStale: $0.status == .stale, detail: $0.detail) }
        guard let clock = snapshot.clock, clock.verdict >= .haltSends, book.trouble(.clock) == nil else { return lost }
        return lost + [.clock(offset: clock.offset)]
    }

    func notes(_ book: Book) -> [HourNote] {
        marketNotes + unjudged(book) + abstentions + dayMark(book)
    }

    /// The mark in the first summary of a trading day: kept on another machine, it contradicts a journal whose end was cut off.
    private func dayMark(_ book: Book) -> [HourNote] {
        let last = missed.map { $0.first.hour - parts.settings.cycle.interval } ?? book.lastCycle?.hour
        guard let mark, let last, parts.limits.tradingDay(of: last) < parts.limits.tradingDay(of: cycle.hour) else { return [] }
        return [.journalMark(mark)]
    }

    /// What a strategy could not judge when its candles closed last.
    private func unjudged(_ book: Book) -> [HourNote] {
        parts.instances.compactMap { instance in
            guard let last = book.judged[instance.name], let first = last.unjudged.first else { return nil }
            return .unjudged(strategy: instance.name, symbol: first.symbol, others: last.unjudged.count - 1, why: first.why)
        }
    }

    /// The abstentions of analysts that answered other questions.
    private var abstentions: [HourNote] {
        let silent = Set(silentAnalysts.map(\.name))
        let abstained = Dictionary(grouping: opinions.filter { $0.action == .abstain && !silent.contains($0.analyst) }, by: \.analyst)
        return abstained.sorted { $0.key < $1.key }.map { name, all in
            .abstained(analyst: name, count: all.count, why: all.first?.abstainReason ?? "no reason given")
        }
    }
}
