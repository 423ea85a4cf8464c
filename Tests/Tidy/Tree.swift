// The work tree these tests look at: found from this file, listed once.
import TestSupport

enum Tree {
    static let root: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/")
    }()

    static let sources = swift(below: "Sources")
    static let tests = swift(below: "Tests")

    private static func swift(below folder: String) -> [SwiftSource] {
        Files.all(below: root + "/" + folder).filter { $0.hasSuffix(".swift") && !$0.contains("/.build") }
            .map { SwiftSource(String($0.dropFirst(root.count + 1))) }
    }

    /// A page of the root.
    static func page(_ name: String) -> String { Files.text(root + "/" + name) }
}
