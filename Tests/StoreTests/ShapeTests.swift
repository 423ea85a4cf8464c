// What stands in a journal is read again in ten years: the shape of each event and of the stored book is known to the
// last field, with its version. A shape that changes gets a new version, and the old one keeps its lines.
import Events
import Foundation
import Ports
import Testing

@testable import Store

@Suite("Shapes of what is written")
struct ShapeTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Golden/shapes.txt"

    @Test("every event and the stored book have the shape that is on record for their version")
    func known() throws {
        let recorded = try Self.sections(String(contentsOfFile: Self.file, encoding: .utf8))
        for (name, lines) in try Self.present() {
            #expect(
                recorded[name] == lines,
                "\(name) has another shape: raise its version and add a section, never change one:\n\(lines.joined(separator: "\n"))")
        }
    }

    @Test(
        "an event of a later version is refused as newer, and so is one of no known kind",
        arguments: ["tradeClosed.3", "cycleClosed.2", "tradeClosed.1", "tradeClosed.02", "tradeClosed.", "dividendPaid", ""])
    func later(_ name: String) throws {
        guard case .newer(let what) = #expect(throws: JournalError.self, performing: { try VersionedKind(name: name) }) else {
            Issue.record("expected newer")
            return
        }
        #expect(what.contains("'\(name)'"))
    }

    private static func present() throws -> [(name: String, lines: [String])] {
        let events = try EventKind.allCases.map { kind in
            let reader = ShapeReader()
            _ = try EventCoding.decode(kind, from: reader)
            return ("\(kind.rawValue) \(kind.version)", reader.notes.lines)
        }
        let reader = ShapeReader()
        _ = try reader.payload(Book.self)
        return events + [("book \(StoredBook.version)", reader.notes.lines)]
    }

    /// Headed `== name version`.
    private static func sections(_ text: String) -> [String: [String]] {
        var found: [String: [String]] = [:], name = ""
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("== ") { name = String(line.dropFirst(3)) } else if !line.hasPrefix("#") { found[name, default: []].append(line) }
        }
        return found
    }
}
