// The smallest question there is, for a person who wants to know whether a model answers at all: reserved in the
// journal and settled like any other, or, where it costs nothing, asked without a journal.
import Domain
import Ports

public enum TrialCall {
    private static let schema = #"{"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"],"additionalProperties":false}"#
    /// Thinking models use some before they answer; one that is cut off has been reached all the same.
    private static let outputTokens = 64

    /// How long it took to answer, or why there is no answer.
    /// - Parameters:
    ///   - desk: where it is written down; nil where nothing can be, and then only what is free is asked.
    ///   - number: makes its name the only one of its hour.
    public static func ask(_ asker: any ModelAsking, model: String, within deadline: Duration, desk: CallDesk?, clock: any Clock,
                           number: Int64) async -> Result<Duration, CannotAsk> {
        let system = "You are asked whether you can be reached.", user = #"Answer with {"ok": true}."#
        let request = ModelRequest(model: model, system: system, user: user, schemaName: "reached", schema: schema,
                                   maximumOutputTokens: outputTokens, timeout: deadline)
        let cycle = CycleId(hour: clock.now.floored(to: .hours(1)))
        let ledger: any CallLedger = if let desk {
            JournaledCall(desk: desk, cycle: cycle, analyst: "doctor", symbol: nil, vendor: asker.vendor, model: model,
                          question: RenderedQuestion(system: system, user: user, text: "\(system)\n\(user)", schemaName: "reached", schema: schema, version: "trial-1",
                                                     maximumOutputTokens: outputTokens, maximumCost: desk.dailyBudget, temperature: nil, deadline: deadline),
                          judge: { _ in AnswerNote(repairs: [], rejection: nil) })
        } else {
            FreeCall()
        }
        let begun = clock.monotonic
        do throws(ModelError) {
            _ = try await asker.ask(request, id: "\(cycle)/doctor/\(model)/\(number)", within: deadline, ledger: ledger)
        } catch {
            guard error.wasReached else { return .failure(CannotAsk(error.words)) }
        }
        return .success(Duration(milliseconds: clock.monotonic.milliseconds - begun.milliseconds))
    }
}

/// Without a journal nothing may cost anything.
private struct FreeCall: CallLedger {
    func reserve(_ id: String, attempt: Int, cost: FixedDecimal) async throws(ModelError) {
        guard cost.isZero else { throw ModelError(.unrecorded, "there is no journal to write its cost in", usage: TokenUsage()) }
    }
    func settle(_ call: ModelCall) async throws(ModelError) {}
}

extension ModelError {
    /// The model worked, whatever it said.
    fileprivate var wasReached: Bool { kind == .truncated || kind == .refused }
}
