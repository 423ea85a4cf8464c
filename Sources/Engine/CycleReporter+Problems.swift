// What is wrong in an hour, worst first, and the smaller things worth a line. What lasts has the same key in each
// hour, so that a person is called once.
import Analysis
import Events
import Kernel
import Market
import Notices
import Ports
import Risk
import Settings
import Strategies
import Trading

extension CycleReporter {
    func problems(_ account: AccountView, _ book: Book) -> [HourlyReport.Problem] {
        let known = Set(book.lastProblems ?? [])
        return (stopped(account) + blind(book) + panelProblems + hour + sources(book)).map { problem in
            HourlyReport.Problem(key: problem.key, words: problem.words, isTold: problem.isTold || known.contains(problem.key))
        }
    }

    private typealias Problem = HourlyReport.Problem

    /// A person halted it, or a breaker said so when it tripped.
    private func stopped(_ account: AccountView) -> [HourlyReport.Problem] {
        let halted = account.killSwitch.map { Problem(key: "halt", words: "Halted: \($0)", isTold: false) }
        return [halted].compactMap(\.self)
            + account.breakers.map { name, breaker in
                let until = breaker.until.map { ", until \($0)" } ?? ""
                return Problem(
                    key: "breaker:\(name.rawValue)", words: "Trading paused: \(breaker.why) (breaker \(name.rawValue))\(until)", isTold: true)
            }
    }

    private func blind(_ book: Book) -> [HourlyReport.Problem] {
        book.openPositions.map(\.symbol).filter { marks[$0] == nil && book.trouble(.blind, $0.description) == nil }
            .map { Problem(key: "blind:\($0)", words: "No fresh price of \($0): its stop cannot be judged", isTold: false) }
    }

    /// Analysts that answered nothing they were asked, and what that means for the hour.
    private var panelProblems: [HourlyReport.Problem] {
        let silent = silentAnalysts
        let voters = parts.panel.seats.filter { $0.role == .voter }, needed = parts.settings.consensus.agreements
        let mute = voters.filter { seat in silent.contains { $0.name == seat.name } }
        var found = silent.map { Problem(key: "silent:\($0.name)", words: "\($0.name) answered nothing: \($0.why)", isTold: false) }
        if !mute.isEmpty, voters.count - mute.count < needed {
            let names = mute.map(\.name).joined(separator: ", ")
            found.insert(
                Problem(
                    key: "noAgreement", words: "No agreement is possible: \(needed) of \(voters.count) voters must agree, \(names) answered nothing",
                    isTold: false), at: 0)
        }
        return found
    }

    /// Abstained on everything they were asked about.
    var silentAnalysts: [(name: String, why: String)] {
        let byName = Dictionary(grouping: opinions, by: \.analyst)
        return parts.panel.seats.compactMap { seat in
            guard let given = byName[seat.name], given.allSatisfy({ $0.action == .abstain }), let first = given.first else { return nil }
            return (seat.name, first.abstainReason ?? "no reason given")
        }
    }

    private var hour: [HourlyReport.Problem] {
        var found: [HourlyReport.Problem] = []
        if let missed {
            let count = missed.count == 1 ? "1 hour was" : "\(missed.count) hours were"
            found.append(Problem(key: "missed", words: "\(count) missed from \(missed.first.hour) on: \(missed.why)", isTold: false))
        }
        found += parts.unusable.map { Problem(key: "strategy:\($0)", words: "A strategy cannot trade: \($0)", isTold: false) }
        if let skipped { found.append(Problem(key: "skipped", words: "No decision this hour: \(skipped)", isTold: false)) }
        return found
    }

    private func sources(_ book: Book) -> [HourlyReport.Problem] {
        var found = snapshot.sources.filter { $0.status == .lost || $0.status == .stale }.map { source in
            Problem(
                key: "source:\(source.name)",
                words: "Source \(source.status.rawValue): \(source.name)\(source.detail.isEmpty ? "" : ", \(source.detail)")", isTold: false)
        }
        if let clock = snapshot.clock, clock.verdict >= .haltSends, book.trouble(.clock) == nil {
            found.append(Problem(key: "clock", words: "Nothing is bought: \(clock.words), limit 2 s", isTold: false))
        }
        return found
    }

    func notes(_ book: Book) -> [String] {
        marketNotes + unjudged(book) + abstentions + dayMark(book)
    }

    /// The mark in the first summary of a trading day: kept on another machine, it contradicts a journal whose end was cut off.
    private func dayMark(_ book: Book) -> [String] {
        let last = missed.map { $0.first.hour - parts.settings.cycle.interval } ?? book.lastCycle?.hour
        guard let mark, let last, parts.limits.tradingDay(of: last) < parts.limits.tradingDay(of: cycle.hour) else { return [] }
        return ["Journal mark \(mark): journal verify --mark shows whether entries were lost since"]
    }

    /// What a strategy could not judge when its candles closed last.
    private func unjudged(_ book: Book) -> [String] {
        parts.instances.compactMap { instance in
            guard let last = book.judged[instance.name], let first = last.unjudged.first else { return nil }
            let others = last.unjudged.count > 1 ? " and \(last.unjudged.count - 1) more" : ""
            return "\(instance.name) could not judge \(first.symbol)\(others): \(first.why)"
        }
    }

    /// The abstentions of analysts that answered other questions.
    private var abstentions: [String] {
        let silent = Set(silentAnalysts.map(\.name))
        let abstained = Dictionary(grouping: opinions.filter { $0.action == .abstain && !silent.contains($0.analyst) }, by: \.analyst)
        return abstained.keys.sorted().map { name in
            let all = abstained[name] ?? []
            let why = all.first?.abstainReason ?? "no reason given"
            return all.count == 1 ? "\(name) abstained: \(why)" : "\(name) abstained on \(all.count): \(why)"
        }
    }
}
