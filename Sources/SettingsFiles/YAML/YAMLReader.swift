// The one use of Yams: text that YAMLGuard let through becomes entries with their places.
import Kernel
import Trading
import Yams

enum YAMLReader {
    struct Failure: Error {
        let position: Position?
        let message: String
    }

    /// Settings nest four deep at most.
    private static let deepest = 8

    static func read(_ text: String) throws(Failure) -> Entry {
        let root: Node?
        do {
            // The basic resolver tells no types apart: every scalar stays the text that was written.
            root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw failure(error)
        } catch {
            throw Failure(position: nil, message: "is not valid YAML")
        }
        guard let root else { throw Failure(position: nil, message: "holds no settings") }
        return try entry(root, depth: 0)
    }

    private static func entry(_ node: Node, depth: Int) throws(Failure) -> Entry {
        let position = Position(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        guard depth < deepest else { throw Failure(position: position, message: "nests too deep for a settings file") }
        switch node {
        case .scalar(let scalar):
            let nothing = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
            return Entry(content: nothing ? .nothing : .text(scalar.string), position: position)
        case .sequence(let sequence):
            var items: [Entry] = []
            for item in sequence { items.append(try entry(item, depth: depth + 1)) }
            return Entry(content: .list(items), position: position)
        case .mapping(let mapping):
            var pairs: [Entry.Pair] = []
            for (key, value) in mapping {
                let place = Position(line: key.mark?.line ?? 1, column: key.mark?.column ?? 1)
                guard case .scalar(let name) = key else { throw Failure(position: place, message: "a key must be a word") }
                pairs.append(.init(key: name.string, position: place, value: try entry(value, depth: depth + 1)))
            }
            return Entry(content: .map(pairs), position: position)
        case .alias:
            throw Failure(position: position, message: "has an alias; write the value out")
        }
    }

    /// Yams's errors carry the file's text; none of it is passed on but a doubled key's name.
    private static func failure(_ error: YamlError) -> Failure {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            Failure(position: Position(line: mark.line, column: mark.column), message: "is not valid YAML here: \(problem)")
        case .duplicatedKeysInMapping(let names, let context):
            Failure(
                position: Position(line: context.mark.line, column: context.mark.column),
                message: "key '\(Echo.of(names.first ?? ""))' stands here and again below; keep one")
        default:
            Failure(position: nil, message: "is not valid YAML")
        }
    }
}
