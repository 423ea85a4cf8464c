// Which of the objects found is the shortlist. One bad, repeated or unoffered pick rejects the whole
// answer: a list that is partly invented is not partly right.

struct ShortlistJudge {
    private let offered: OfferedSymbols
    init(_ offered: OfferedSymbols) { self.offered = offered }

    func judge(_ reading: AnswerReading) throws(AnswerRejection) -> ShortlistAnswer {
        var accepted: ShortlistAnswer?
        var repairs = reading.repairs
        for object in reading.objects {
            let answer = try shortlist(object)
            repairs.formUnion(answer.repairs)
            guard let first = accepted else { accepted = answer; continue }
            guard first.picks == answer.picks else { throw AnswerRejection(.conflictingObjects) }
            repairs.insert(.identicalCopies)
        }
        guard var answer = accepted else { throw AnswerRejection(.nothingFound) }
        answer.repairs = repairs.sorted()
        return answer
    }

    private func shortlist(_ object: AnswerObject) throws(AnswerRejection) -> ShortlistAnswer {
        guard case .list(let values) = try object.required("picks") else { throw AnswerRejection(.badPicks) }
        guard values.count <= AnswerParser.maximumPicks else { throw AnswerRejection(.tooManyPicks) }
        var repairs = object.repairs
        var picks: [Pick] = []
        for value in values {
            let pick = try self.pick(value, &repairs)
            guard !picks.contains(where: { $0.symbol == pick.symbol }) else { throw AnswerRejection(.repeatedPick) }
            picks.append(pick)
        }
        return ShortlistAnswer(picks: picks, repairs: repairs.sorted())
    }

    private func pick(_ value: AnswerValue, _ repairs: inout Set<AnswerRepair>) throws(AnswerRejection) -> Pick {
        guard case .object(let members) = value else { throw AnswerRejection(.badPicks) }
        let object = try AnswerObject(members, known: ["symbol", "confidence", "reason"])
        repairs.formUnion(object.repairs)
        return Pick(
            symbol: try AnswerFields.symbol(object.required("symbol"), offered, &repairs),
            confidence: try AnswerFields.confidence(object.required("confidence"), &repairs),
            reason: try AnswerFields.reason(object.fields["reason"], &repairs) ?? "")
    }
}
