// Why a JSON text or one of its values was refused. Messages name the place and never quote the text:
// it came from outside and may hold anything.

public enum JSONError: Error, Hashable, Sendable {
    /// Not JSON at this place (line and column count from 1).
    case syntax(line: Int, column: Int, message: String)
    /// The same name twice in one object.
    case duplicateName(line: Int, column: Int)
    case tooLarge(limit: Int)
    case tooDeep(limit: Int)
    /// There is no value at this path, e.g. `choices[0].message`.
    case missing(path: String)
    case wrongType(path: String, expected: String, found: String)
    /// A number that the wanted type cannot hold.
    case outOfRange(path: String, expected: String)
}

extension JSONError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .syntax(let line, let column, let message): "line \(line), column \(column): \(message)"
        case .duplicateName(let line, let column): "line \(line), column \(column): the same name twice in one object"
        case .tooLarge(let limit): "longer than \(limit) bytes"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        case .missing(let path): "\(path) is missing"
        case .wrongType(let path, let expected, let found): "\(path) is \(found), not \(expected)"
        case .outOfRange(let path, let expected): "\(path) is not \(expected)"
        }
    }
}
