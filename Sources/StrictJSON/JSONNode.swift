// Reading a parsed value tersely: `try root["choices"][0]["message"]["content"].string`. Steps never fail,
// reading does, and the error names the whole path.
public import Kernel

/// A place in a JSON value, whether anything is there or not.
public struct JSONNode: Sendable {
    enum Step: Sendable { case name(String), index(Int) }
    /// What is there; nil if nothing is.
    public let found: JSONValue?
    private let steps: [Step]

    init(_ found: JSONValue?, steps: [Step] = []) {
        self.found = found
        self.steps = steps
    }

    public subscript(name: String) -> JSONNode { JSONNode(found?.member(name), steps: steps + [.name(name)]) }

    public subscript(index: Int) -> JSONNode {
        guard case .array(let elements)? = found, elements.indices.contains(index) else { return JSONNode(nil, steps: steps + [.index(index)]) }
        return JSONNode(elements[index], steps: steps + [.index(index)])
    }

    /// `choices[0].message`; `(root)` for the whole text.
    public var path: String {
        var text = ""
        for step in steps {
            switch step {
            case .name(let name): text += text.isEmpty ? name : "." + name
            case .index(let index): text += "[\(index)]"
            }
        }
        return text.isEmpty ? "(root)" : text
    }

    /// This node, or nil if nothing or null is there: `try node["stop"].optional?.string`.
    public var optional: JSONNode? { found == nil || found == .null ? nil : self }

    public var value: JSONValue { get throws(JSONError) { if let found { return found } else { throw .missing(path: path) } } }

    public var string: String {
        get throws(JSONError) {
            guard case .string(let text) = try value else { throw try wrong("a string") }
            return text
        }
    }

    public var bool: Bool {
        get throws(JSONError) {
            guard case .bool(let flag) = try value else { throw try wrong("a boolean") }
            return flag
        }
    }

    public var int64: Int64 {
        get throws(JSONError) {
            guard case .integer(let number) = try value else { throw try wrong("an integer") }
            return number
        }
    }

    public var int: Int { get throws(JSONError) { Int(try int64) } }

    /// A number, or a string that holds nothing but one.
    public var double: Double {
        get throws(JSONError) {
            switch try value {
            case .integer(let number): return Double(number)
            case .real(let number): return number
            case .string(let text), .number(let text):
                guard let number = Double(text), number.isFinite else { throw .outOfRange(path: path, expected: "a finite number") }
                return number
            default: throw try wrong("a number")
            }
        }
    }

    /// Exact from an integer or a string (venues send money as strings); by shortest round trip from a real.
    public var decimal: FixedDecimal {
        get throws(JSONError) {
            let number: FixedDecimal? =
                switch try value {
                case .integer(let number): FixedDecimal(Int(number))
                case .real(let number): FixedDecimal(shortest: number)
                case .string(let text), .number(let text): FixedDecimal(text)
                default: throw try wrong("a number")
                }
            guard let number else { throw .outOfRange(path: path, expected: "a decimal number of at most 12 places") }
            return number
        }
    }

    /// The elements of an array, each with its path.
    public var array: [JSONNode] {
        get throws(JSONError) {
            guard case .array(let elements) = try value else { throw try wrong("an array") }
            return elements.enumerated().map { JSONNode($0.element, steps: steps + [.index($0.offset)]) }
        }
    }

    /// The members of an object, in order, each with its path.
    public var members: [(name: String, node: JSONNode)] {
        get throws(JSONError) {
            guard case .object(let members) = try value else { throw try wrong("an object") }
            return members.map { ($0.name, JSONNode($0.value, steps: steps + [.name($0.name)])) }
        }
    }

    private func wrong(_ expected: String) throws(JSONError) -> JSONError {
        .wrongType(path: path, expected: expected, found: try value.kind)
    }
}

extension JSONValue {
    /// The whole value as a place to read from.
    public var node: JSONNode { JSONNode(self) }
    public subscript(name: String) -> JSONNode { node[name] }
    public subscript(index: Int) -> JSONNode { node[index] }
}
