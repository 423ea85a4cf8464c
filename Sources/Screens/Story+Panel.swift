// Why the panel chose nothing, who said nothing, and what models answered, in their own words.
package import Analysis
import Application
import Compression
import Events
import Kernel
import Messaging
import Ports
import Settings
import Store

extension Story {
    /// Analysts that abstained on everything they were asked about, and what that means for the hour.
    package var silenceSection: String {
        let byName = Dictionary(grouping: opinions, by: \.analyst)
        let silent = byName.keys.sorted().compactMap { name -> (name: String, why: String)? in
            guard let given = byName[name], given.allSatisfy({ $0.action == .abstain }) else { return nil }
            return (name, given.first?.abstainReason ?? "no reason given")
        }
        guard !silent.isEmpty else { return "" }
        let voters = Set(opinions.filter { $0.role == .voter }.map(\.analyst)), needed = session.settings.consensus.agreements
        let left = voters.subtracting(silent.map(\.name)).count
        let impossible = left < needed ? ["No agreement was possible: \(needed) of \(voters.count) voters must agree, \(left) answered"] : []
        return (impossible + silent.map { "\($0.name) answered nothing: \(SafeText.line($0.why, limit: 400))" }).joined(separator: "\n")
    }

    /// Behind `0 shortlisted`: what stood in the way; empty if something was shortlisted.
    package func whyNone(_ verdicts: [Verdict]) -> String {
        guard !verdicts.contains(where: \.isShortlisted) else { return "" }
        guard !verdicts.isEmpty else { return ": nothing was offered, or no analyst was asked" }
        for case .noShortlist(let fault)? in verdicts.map(\.keptOut) { return ": \(SafeText.line(KeptOut.noShortlist(fault).words))" }
        let floor = session.settings.consensus.floor
        let wanted = opinions.filter { $0.role == .voter && $0.action == .buy }
        guard let nearest = wanted.max(by: { (($0.conviction ?? .zero), $1.symbol) < (($1.conviction ?? .zero), $0.symbol) }),
            let conviction = nearest.conviction
        else {
            return opinions.allSatisfy { $0.action == .abstain } ? ": no analyst answered" : ": no voter wants to buy anything"
        }
        // With an analyst that makes the list, what it did not pick is out, whatever the others want.
        if conviction >= floor { return ": the analyst that makes the list picked nothing" }
        return
            ": no voter reaches the floor of \(Format.percent(floor, places: 0)); the nearest was \(nearest.analyst) on \(nearest.symbol) with "
            + "\(Format.percent(conviction, places: 0))"
    }

    /// What came back for each question of this cycle (about this symbol, if one is meant).
    package func answers() throws -> String {
        guard !calls.isEmpty else {
            return "No model was asked in cycle \(cycle): \(silenceSection.isEmpty ? "its panel is made of indicators." : "\n" + silenceSection)"
        }
        return try calls.map { call in
            let head = Style.bold(
                "\(call.analyst)\(call.symbol.map { " about \($0)" } ?? "") · \(call.vendor) \(call.model) · try \(call.attempt)")
            guard let settled = try settled(call) else {
                return head + "\nNo answer is written down: the call broke off, and what it may have cost counts as spent."
            }
            return [head, outcome(settled), try text(settled)].compactMap(\.self).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    /// `taken, 412 tokens in and 63 out, 0.0007 USD`, or why it was not.
    private func outcome(_ settled: CallSettled) -> String {
        let verdict =
            settled.failure.map { "failed — \(SafeText.line($0, limit: 400))" }
            ?? settled.rejection.map { "refused — \(AnswerRejection.Code(rawValue: $0).map { AnswerRejection($0).sentence } ?? SafeText.line($0))" }
            ?? "taken" + (settled.repairs.isEmpty ? "" : " after repairs: \(settled.repairs.joined(separator: ", "))")
        return "\(verdict) · \(settled.inputTokens) tokens in, \(settled.outputTokens) out, \(Format.decimal(settled.cost, places: 4)) USD"
    }

    /// nil if nothing came.
    private func text(_ settled: CallSettled) throws -> String? {
        guard let hash = settled.answerBlob else { return nil }
        guard let bytes = try session.journal.blob(hash).flatMap({ Deflate.expand($0, limit: 4 << 20) }) else {
            return "(no longer kept; its hash is \(hash))"
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
