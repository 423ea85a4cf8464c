// One object of an answer by its field names: names are compared without case, unknown ones are dropped,
// and a field given twice must say the same both times.

struct AnswerObject {
    private(set) var fields: [String: AnswerValue] = [:]
    private(set) var repairs: Set<AnswerRepair> = []

    /// - Parameter known: the lower-case field names of the schema.
    init(_ members: [AnswerMember], known: Set<String>) throws(AnswerRejection) {
        for member in members {
            let name = AnswerCharacters.lowercased(member.key)
            guard known.contains(name) else { continue }
            if name != member.key { repairs.insert(.keySpelling) }
            if let earlier = fields[name] {
                guard earlier == member.value else { throw AnswerRejection(.conflictingKeys) }
                repairs.insert(.repeatedKey)
            }
            fields[name] = member.value
        }
    }

    func required(_ name: String) throws(AnswerRejection) -> AnswerValue {
        guard let value = fields[name] else { throw AnswerRejection(.missingField) }
        return value
    }
}
