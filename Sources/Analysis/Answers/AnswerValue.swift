// A value as the tolerant reader saw it: numbers stay text, keys stay in order and may repeat, because
// what a repeated key means is decided later.

indirect enum AnswerValue: Hashable {
    case object([AnswerMember])
    case list([AnswerValue])
    case text(String)
    /// As written, in JSON's number grammar, a leading `+` removed and a leading `.` given its zero.
    case number(String)
    case truth(Bool)
    case null
}

struct AnswerMember: Hashable {
    let key: String
    let value: AnswerValue
}
