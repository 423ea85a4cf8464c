// Which of the objects found is the decision. One valid decision must remain, and no other object may
// clearly say something else.

struct DecisionJudge {
    private let offered: OfferedSymbols
    init(_ offered: OfferedSymbols) { self.offered = offered }

    func judge(_ reading: AnswerReading) throws(AnswerRejection) -> DecisionAnswer {
        var accepted: DecisionAnswer?
        var refused: [(object: AnswerObject, why: AnswerRejection)] = []
        var repairs = reading.repairs
        for object in reading.objects {
            switch Result(catching: { () throws(AnswerRejection) in try decision(object) }) {
            case .failure(let why): refused.append((object, why))
            case .success(let decision):
                repairs.formUnion(decision.repairs)
                guard let first = accepted else { accepted = decision; continue }
                guard first.isSame(as: decision) else { throw AnswerRejection(.conflictingObjects) }
                repairs.insert(.identicalCopies)
            }
        }
        guard var decision = accepted else { throw refused.first?.why ?? AnswerRejection(.nothingFound) }
        for (object, _) in refused where contradicts(object, decision) { throw AnswerRejection(.conflictingObjects) }
        decision.repairs = repairs.sorted()
        return decision
    }

    private func decision(_ object: AnswerObject) throws(AnswerRejection) -> DecisionAnswer {
        var repairs = object.repairs
        let action = try self.action(object.required("action"), &repairs)
        let symbol = try AnswerFields.symbol(object.required("symbol"), offered, &repairs)
        let confidence = try AnswerFields.confidence(object.required("confidence"), &repairs)
        let reason = try AnswerFields.reason(object.fields["reason"], &repairs)
        let size = try AnswerFields.sizePercent(object.fields["size_pct"], &repairs)
        return DecisionAnswer(
            action: action, symbol: symbol, confidence: confidence, reason: reason,
            stopLoss: try AnswerFields.price(object.fields["stop_loss"]),
            takeProfit: try AnswerFields.price(object.fields["take_profit"]),
            sizePercent: size, repairs: repairs.sorted())
    }

    private func action(_ value: AnswerValue, _ repairs: inout Set<AnswerRepair>) throws(AnswerRejection) -> DecisionAction {
        guard case .text(let text) = value,
            let action = DecisionAction(rawValue: AnswerCharacters.lowercased(AnswerCharacters.trimmed(text)))
        else { throw AnswerRejection(.badAction) }
        if action.rawValue != text { repairs.insert(.actionSpelling) }
        return action
    }

    /// Whether an object that is no valid decision still names an action, and another one or another symbol.
    private func contradicts(_ object: AnswerObject, _ decision: DecisionAnswer) -> Bool {
        var ignored: Set<AnswerRepair> = []
        guard let value = object.fields["action"], let other = try? action(value, &ignored) else { return false }
        if other != decision.action { return true }
        guard case .text(let symbol)? = object.fields["symbol"] else { return false }
        return offered.resolve(symbol) != decision.symbol
    }
}
