// One hour's questions: each is rendered, asked inside its own and the panel's deadline, and read. The
// answer's text meets the parser and nothing else.
import Analysis
import Events
import Kernel
import Market
import Ports
import Trading

struct Asking: Sendable {
    let panel: PromptPanel
    let snapshot: MarketSnapshot
    let cycle: CycleId
    /// When the panel's time is over, on the monotonic clock.
    let ends: TimeSpan

    /// Abstentions that need no question: a broken prompt, no key, no model. On everything offered, so that the
    /// report names them in every hour.
    func foreseen(_ chair: PromptChair) -> [Opinion] {
        guard case .failure(let why) = chair.asker else { return [] }
        return snapshot.offered.map { chair.abstention($0, why.reason) }
    }

    /// The opinions of each chair at these places on everything offered.
    func shortlists(_ places: [Int]) async -> [(Int, [Opinion])] {
        await withTaskGroup(of: (Int, [Opinion]).self) { group in
            for place in places {
                guard case .prompt(let chair) = panel.chairs[place] else { continue }
                group.addTask { (place, await shortlist(chair)) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// One opinion of each chair at these places on each symbol, in any order.
    func decisions(_ places: [Int], about symbols: [Symbol]) async -> [(Int, Opinion)] {
        await withTaskGroup(of: (Int, Opinion).self) { group in
            for place in places {
                guard case .prompt(let chair) = panel.chairs[place] else { continue }
                for symbol in symbols { group.addTask { (place, await decision(chair, symbol)) } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func shortlist(_ chair: PromptChair) async -> [Opinion] {
        let offered = snapshot.offered.map(\.description)
        let answer = await answer(chair, about: nil) { AnswerParser.shortlist($0, offered: offered).map { ($0, $0.repairs) } }
        switch answer {
        case .failure(let why): return snapshot.offered.map { chair.abstention($0, why.reason) }
        case .success(let list):
            let picks = Dictionary(list.picks.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
            return snapshot.offered.map { symbol in
                guard let pick = picks[symbol.description] else { return chair.opinion(symbol, .hold, .zero, "not picked") }
                return chair.opinion(symbol, .buy, pick.confidence, pick.reason)
            }
        }
    }

    private func decision(_ chair: PromptChair, _ symbol: Symbol) async -> Opinion {
        let answer = await answer(chair, about: symbol) { AnswerParser.decision($0, offered: [symbol.description]).map { ($0, $0.repairs) } }
        switch answer {
        case .failure(let why): return chair.abstention(symbol, why.reason)
        case .success(let decision): return chair.opinion(symbol, decision.action.opinion, decision.confidence, decision.reason ?? "no reason given")
        }
    }

    /// Renders, asks and reads; every way this can fail is a reason to abstain.
    private func answer<Answer>(
        _ chair: PromptChair, about symbol: Symbol?,
        read: @escaping @Sendable (String) -> Result<(Answer, [AnswerRepair]), AnswerRejection>
    ) async -> Result<Answer, CannotAsk> {
        do throws(CannotAsk) {
            let asker = try chair.asker.get()
            let question = try panel.prompts.question(chair.name, on: snapshot, about: symbol)
            let text = try await text(asker, chair, symbol, question) { text in
                switch read(text) {
                case .success((_, let repairs)): AnswerNote(repairs: repairs, rejection: nil)
                case .failure(let why): AnswerNote(repairs: [], rejection: why)
                }
            }
            switch read(text) {
            case .success((let answer, _)): return .success(answer)
            case .failure(let why): return .failure(CannotAsk("answer refused: \(why.sentence)"))
            }
        } catch { return .failure(error) }
    }

    private func text(
        _ asker: any ModelAsking, _ chair: PromptChair, _ symbol: Symbol?, _ question: RenderedQuestion,
        _ judge: @escaping @Sendable (String) -> AnswerNote
    ) async throws(CannotAsk) -> String {
        let clock = panel.desk.clock
        let left = TimeSpan(milliseconds: ends.milliseconds - clock.monotonic.milliseconds)
        let over = CannotAsk("late: the panel's \(panel.deadline.milliseconds / 1_000) s are over")
        guard left.milliseconds > 0 else { throw over }
        let deadline = min(question.deadline, left)
        let ledger = JournaledCall(
            desk: panel.desk, cycle: cycle, analyst: chair.name, symbol: symbol, vendor: asker.vendor, model: chair.model,
            question: question, judge: judge)
        let request = ModelRequest(
            model: chair.model, system: question.system, user: question.user, schemaName: question.schemaName,
            schema: question.schema, maximumOutputTokens: question.maximumOutputTokens, temperature: question.temperature,
            timeout: deadline)
        let answer: ModelAnswer
        do { answer = try await asker.ask(request, id: try callId(chair, symbol), within: deadline, ledger: ledger) } catch {
            throw CannotAsk(error.words)
        }
        guard clock.monotonic <= ends else { throw over }
        return answer.text
    }

    /// Cycle, analyst, symbol and how many calls this cycle has reserved so far: a cycle that is taken up again
    /// after a crash never uses an id twice, because the call the crash cut off is in the journal.
    private func callId(_ chair: PromptChair, _ symbol: Symbol?) throws(ModelError) -> String {
        do {
            let book = try panel.desk.journal.book()
            let number = book.openCycle?.id == cycle ? book.openCycle?.calls ?? 0 : 0
            return "\(cycle)/\(chair.name)/\(symbol?.description ?? "*")/\(number)"
        } catch { throw ModelError(.unrecorded, "the journal cannot be read") }
    }
}

extension DecisionAction {
    /// `close` speaks of a position that is open; of one that is not, it says what `sell` says.
    fileprivate var opinion: Action {
        switch self {
        case .buy: .buy
        case .hold: .hold
        case .sell, .close: .sell
        }
    }
}

extension ModelError {
    /// Short words for an abstention.
    var words: String {
        let what =
            switch kind {
            case .rateLimited: "rate limited"
            case .unavailable: "model unreachable"
            case .timeout: "late"
            case .authentication: "key refused"
            case .outOfMoney: "out of money"
            case .badRequest: "request refused"
            case .refused: "model declined"
            case .truncated: "answer cut off"
            case .malformed, .tooLarge: "not an answer"
            case .overBudget: "over budget"
            case .unrecorded: "not recorded"
            }
        return detail.isEmpty ? what : "\(what): \(detail)"
    }
}
