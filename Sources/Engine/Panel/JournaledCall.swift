// The ledger of one question: reserves in the journal before a try is sent and settles after it, with the
// prompt and the raw answer beside the chain. No transaction is open while a model thinks. What a crash
// leaves reserved counts as spent, because nothing ever takes it back.
import Analysis
import Events
import Kernel
import Market
import Ports
import Trading

struct JournaledCall: CallLedger {
    let desk: CallDesk
    let cycle: CycleId
    let analyst: String
    let symbol: Symbol?
    let vendor: String
    let model: String
    let question: RenderedQuestion
    /// What the parser made of an answer's text.
    let judge: @Sendable (String) -> AnswerNote

    /// From this share of the daily budget on, a person is told, once a day.
    static let warning: Ratio = "0.8"

    func reserve(_ id: String, attempt: Int, cost: FixedDecimal) async throws(ModelError) {
        guard cost <= question.maximumCost else {
            throw .refusing("a call may cost up to \(cost.text(places: 3)) USD, the prompt's budget is \(question.maximumCost) USD")
        }
        let prompt = desk.blob(question.text), time = desk.clock.now
        var used: FixedDecimal?
        try record { () throws(JournalError) in
            try desk.journal.commit(at: time, blobs: [prompt]) { book in
                guard book.budget.used(at: time) + cost <= desk.dailyBudget else {
                    used = book.budget.used(at: time)
                    return []
                }
                var writer = EventWriter(book: book, time: time)
                writer.write(
                    .callReserved(
                        CallReserved(
                            call: id, cycle: cycle, analyst: analyst, symbol: symbol, vendor: vendor, model: model, attempt: attempt,
                            promptVersion: question.version, promptBlob: prompt.hash, cost: cost)))
                warn(before: book.budget.peak(at: time), &writer)
                return writer.events
            }
        }
        if let used {
            throw .refusing(
                "\(used.text(places: 2)) of today's \(desk.dailyBudget) USD are used or reserved, the call may cost \(cost.text(places: 3))")
        }
    }

    private func warn(before: FixedDecimal, _ writer: inout EventWriter) {
        let mark = desk.dailyBudget.times(Self.warning.value, rounding: .up), now = writer.book.budget.peak(at: writer.time)
        guard mark.isPositive, before < mark, now >= mark else { return }
        writer.say(.notice(.modelsNearBudget(used: now, limit: desk.dailyBudget)))
    }

    func settle(_ call: ModelCall) async throws(ModelError) {
        let time = desk.clock.now
        let answer = call.rawText.map(desk.blob)
        let note = call.error == nil ? call.rawText.map(judge) : nil
        let usage = call.usage ?? TokenUsage()
        let alarm = call.error.flatMap { $0.needsPerson ? "\($0.rawValue) \(vendor)" : nil }
        let settled = CallSettled(
            call: call.id, servedModel: call.servedModel, requestId: call.requestId, fingerprint: call.fingerprint, httpStatus: call.httpStatus,
            stopReason: call.stopReason, inputTokens: usage.input, cachedTokens: usage.cachedInput, outputTokens: usage.output,
            reasoningTokens: usage.reasoning, answerBlob: answer?.hash, failure: call.error.map { "\($0.rawValue): \(call.errorDetail ?? "")" },
            repairs: note?.repairs.map(\.rawValue) ?? [], rejection: note?.rejection?.code.rawValue, cost: call.bookedCost, alarm: alarm)
        try record { () throws(JournalError) in
            try desk.journal.commit(at: time, blobs: answer.map { [$0] } ?? []) { book in
                var writer = EventWriter(book: book, time: time)
                writer.write(.callSettled(settled))
                if let alarm, let kind = call.error, !book.budget.isRaised(alarm, at: time) { writer.say(.notice(kind.alarm(of: vendor))) }
                return writer.events
            }
            // When it was sent and how long it took are facts of this machine, not of the chain.
            let facts: JSONValue = ["latencyMs": .integer(call.latency.milliseconds), "sentAt": .string(call.sentAt.iso8601)]
            try desk.journal.note("call", call.id, facts.canonical)
        }
    }

    private func record(_ work: () throws(JournalError) -> Void) throws(ModelError) {
        do { try work() } catch { throw ModelError(.unrecorded, "the journal cannot be written", usage: TokenUsage()) }
    }
}

/// What is kept of reading an answer.
struct AnswerNote: Sendable {
    let repairs: [AnswerRepair]
    let rejection: AnswerRejection?
}

extension ModelError {
    fileprivate static func refusing(_ why: String) -> ModelError { ModelError(.overBudget, why, usage: TokenUsage()) }
}

extension ModelError.Kind {
    /// Asking again helps only after a person has done something.
    fileprivate var needsPerson: Bool { self == .outOfMoney || self == .authentication }

    fileprivate func alarm(of vendor: String) -> Notice { self == .outOfMoney ? .outOfMoney(vendor: vendor) : .keyRefused(vendor: vendor) }
}
