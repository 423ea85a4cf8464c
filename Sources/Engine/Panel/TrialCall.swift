// The smallest question there is, for a person who wants to know whether a model answers at all: reserved in the
// journal and settled like any other, or, if it costs nothing, asked without a journal.
import Analysis
public import Kernel
public import Ports
import Trading

public enum TrialCall {
    private static let schema = #"{"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"],"additionalProperties":false}"#
    /// Thinking models use some before they answer.
    private static let outputTokens = 256

    /// A model that was reached.
    public struct Answer: Sendable {
        public enum Form: Hashable, Sendable {
            case asked
            /// The answer was cut off before its form could be judged.
            case unknown
            /// The form was another: what is wrong with it, in words.
            case wrong(String)
        }
        /// How long it took.
        public let time: TimeSpan
        public let form: Form
    }

    /// How long it took to answer and in which form, or why there is no answer.
    /// - Parameters:
    ///   - desk: where it is written down; nil if nothing can be, and then only what is free is asked.
    ///   - number: makes its name the only one of its hour.
    public static func ask(
        _ asker: any ModelAsking, model: String, within deadline: TimeSpan, desk: CallDesk?, clock: any Clock,
        number: Int64
    ) async -> Result<Answer, CannotAsk> {
        let system = "You are asked whether you can be reached.", user = #"Answer with {"ok": true}."#
        let request = ModelRequest(
            model: model, system: system, user: user, schemaName: "reached", schema: schema,
            maximumOutputTokens: outputTokens, timeout: deadline)
        let cycle = CycleId(hour: clock.now.floored(to: .hours(1)))
        let ledger: any CallLedger =
            if let desk {
                JournaledCall(
                    desk: desk, cycle: cycle, analyst: "doctor", symbol: nil, vendor: asker.vendor, model: model,
                    question: RenderedQuestion(
                        system: system, user: user, text: "\(system)\n\(user)", schemaName: "reached", schema: schema, version: "trial-1",
                        maximumOutputTokens: outputTokens, maximumCost: desk.dailyBudget, temperature: nil, deadline: deadline),
                    judge: Self.note)
            } else {
                FreeCall()
            }
        let begun = clock.monotonic, form: Answer.Form
        do throws(ModelError) {
            form = Self.form(of: try await asker.ask(request, id: "\(cycle)/doctor/\(model)/\(number)", within: deadline, ledger: ledger).text)
        } catch {
            guard let told = error.form else { return .failure(CannotAsk(error.words, isOverBudget: error.kind == .overBudget)) }
            form = told
        }
        return .success(Answer(time: TimeSpan(milliseconds: clock.monotonic.milliseconds - begun.milliseconds), form: form))
    }

    private static func form(of text: String) -> Answer.Form {
        switch AnswerParser.reached(text) {
        case .success: .asked
        case .failure(let why): .wrong(why.sentence)
        }
    }

    @Sendable private static func note(_ text: String) -> AnswerNote {
        switch AnswerParser.reached(text) {
        case .success(let repairs): AnswerNote(repairs: repairs, rejection: nil)
        case .failure(let why): AnswerNote(repairs: [], rejection: why)
        }
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
    /// The form of the answer of a model that was reached all the same; nil if none was.
    fileprivate var form: TrialCall.Answer.Form? {
        switch kind {
        case .truncated: .unknown
        case .refused: .wrong(words)
        default: nil
        }
    }
}
