// From an answer's text to the objects that may be meant: values found in the text, lists of objects,
// wrapper objects up to two levels, and one level of text that holds JSON.

struct AnswerReading {
    static let maximumBytes = AnswerParser.maximumBytes
    static let maximumWrappers = 2
    static let wrapperNames: Set<String> = ["decision", "result", "output", "response", "data", "arguments", "input"]

    /// Every object that shows a field of the schema, in the order of the text.
    private(set) var objects: [AnswerObject] = []
    private(set) var repairs: Set<AnswerRepair> = []
    /// Characters looked at, re-decoded texts included.
    private(set) var steps = 0
    /// The words before and behind the last of them.
    private var surroundings: (before: [Unicode.Scalar], after: [Unicode.Scalar])?
    /// The fields that make an object one of ours.
    private let fieldKeys: Set<String>

    /// - Parameter fieldKeys: the lower-case field names of the schema.
    init(_ bytes: some Collection<UInt8>, fieldKeys: Set<String>) throws(AnswerRejection) {
        self.fieldKeys = fieldKeys
        guard bytes.count <= Self.maximumBytes else { throw AnswerRejection(.tooLarge) }
        guard !bytes.contains(0) else { throw AnswerRejection(.nul) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw AnswerRejection(.notUnicode) }
        guard !AnswerTransport.isPresent(in: text) else { throw AnswerRejection(.transport) }
        let parted = try AnswerThoughts.parted(text)
        if parted.hadThoughts { repairs.insert(.thoughts) }
        try search(parted.answer, wrappers: 0, mayDecode: true)
        if let whole = parted.whole { try refuseOtherMeaning(whole) }
        try refuseDoubt()
    }

    private init(whole text: String, fieldKeys: Set<String>) throws(AnswerRejection) {
        self.fieldKeys = fieldKeys
        try search(text, wrappers: 0, mayDecode: true)
    }

    /// A closing mark that nothing opened may stand inside a text of the answer. If all of it reads well and ends in
    /// another object than what stands behind the mark, nobody can tell which is meant.
    private mutating func refuseOtherMeaning(_ whole: String) throws(AnswerRejection) {
        guard let last = objects.last, let other = try? AnswerReading(whole: whole, fieldKeys: fieldKeys) else { return }
        steps += other.steps
        guard other.objects.last?.fields == last.fields else { throw AnswerRejection(.conflictingObjects) }
    }

    /// Words around the answer may say that it is none.
    private func refuseDoubt() throws(AnswerRejection) {
        guard let surroundings, let last = objects.last else { return }
        var action: String?
        if case .text(let text)? = last.fields["action"] { action = text }
        try AnswerSurroundings.judge(before: surroundings.before, after: surroundings.after, action: action)
    }

    private mutating func search(_ text: String, wrappers: Int, mayDecode: Bool) throws(AnswerRejection) {
        var finder = AnswerFinder(text, fieldKeys: fieldKeys, mayDecode: mayDecode)
        defer { steps += finder.steps }
        let found = try finder.find()
        repairs.formUnion(finder.repairs)
        let isWhole = wrappers == 0 && mayDecode
        for (index, value) in found.enumerated() {
            let count = objects.count
            defer {
                if isWhole, objects.count > count {
                    surroundings = (Array(finder.prose[...index].joined()), Array(finder.prose[(index + 1)...].joined()))
                }
            }
            switch value {
            case .value(let value): try collect(value, wrappers: wrappers, inList: false, mayDecode: mayDecode)
            case .encoded(let text):
                repairs.insert(.encodedText)
                try search(text, wrappers: wrappers, mayDecode: false)
            }
        }
    }

    private mutating func collect(_ value: AnswerValue, wrappers: Int, inList: Bool, mayDecode: Bool) throws(AnswerRejection) {
        switch value {
        case .object(let members):
            let object = try AnswerObject(members, known: fieldKeys)
            if !object.fields.isEmpty { objects.append(object) }
            guard wrappers < Self.maximumWrappers else { return }
            for member in members where Self.wrapperNames.contains(AnswerCharacters.lowercased(member.key)) {
                repairs.insert(.wrapper)
                try unwrap(member.value, wrappers: wrappers + 1, mayDecode: mayDecode)
            }
        case .list(let values) where !inList:
            for value in values {
                guard case .object = value else { continue }
                repairs.insert(.list)
                try collect(value, wrappers: wrappers, inList: true, mayDecode: mayDecode)
            }
        case .list, .text, .number, .truth, .null: return
        }
    }

    private mutating func unwrap(_ value: AnswerValue, wrappers: Int, mayDecode: Bool) throws(AnswerRejection) {
        if case .text(let text) = value {
            guard mayDecode, text.utf8.contains(UInt8(ascii: "{")) else { return }
            repairs.insert(.encodedText)
            try search(text, wrappers: wrappers, mayDecode: false)
        } else {
            try collect(value, wrappers: wrappers, inList: false, mayDecode: mayDecode)
        }
    }
}
