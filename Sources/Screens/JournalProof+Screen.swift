// What a journal's proof came to.
import Application
import Kernel
import Store

extension JournalProof {
    package var json: String {
        JSONValue.console([
            ("entries", .number("\(entries)")), ("journalHash", .text(head)),
            ("ledgerImbalance", .decimal(audit.ledgerImbalance)), ("unprotectedSeconds", .number("\(audit.unprotectedSeconds)")),
            ("faults", .list(faults.map { .text($0) })), ("past", .list(past.map { .text($0) })),
            ("findings", .list(audit.findings.map { .text("\($0)") }))
        ])
    }

    package var screen: String {
        let ledger = audit.ledgerImbalance.isZero ? "balanced" : "out of balance by \(audit.ledgerImbalance)"
        let findings = audit.findings.filter { $0.figure == .ledgerImbalance }.map { "  \($0)" }
        return
            (["\(entries) entries, chain unbroken, head \(head)", "ledger \(ledger) · \(summary)"] + findings
            + past.map { "  \($0); nothing needs doing" }).joined(separator: "\n")
    }
}
