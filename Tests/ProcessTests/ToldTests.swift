// The table of ARCHITECTURE.md that says who is told of what: each row has a test that sees it.
import Foundation
import Testing

@Suite("Who is told")
struct ToldTests {
    @Test("each row of the table names a test that exists")
    func rows() throws {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let text = try String(contentsOfFile: root + "/ARCHITECTURE.md", encoding: .utf8)
        let section = try #require(text.components(separatedBy: "## Who is told\n").dropFirst().first?.components(separatedBy: "\n## ").first)
        let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
        let tests = try FileManager.default.subpathsOfDirectory(atPath: root + "/Tests").filter { $0.hasSuffix("Tests.swift") }
            .map { try String(contentsOfFile: root + "/Tests/" + $0, encoding: .utf8) }.joined().replacing(/@Test\(\s+/, with: "@Test(")
        #expect(rows.count > 9)
        for row in rows {
            guard let cell = row.split(separator: "|").last.map({ $0.trimmingCharacters(in: .whitespaces) }), cell != "the same" else { continue }
            #expect(cell.hasPrefix("\"") && cell.hasSuffix("\"") && tests.contains("@Test(\(cell)"), "no test \(cell)")
        }
    }
}
