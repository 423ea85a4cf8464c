// Where the reference material lies, if it is there: CARILLON_SHARED, else `shared` beside the repository.
import Foundation

enum SharedFiles {
    static let root: String? = {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["CARILLON_SHARED"]
        let path = named ?? repository.deletingLastPathComponent().appending(path: "shared").path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    /// The lines of a text file as JSON objects; empty where the file is not there.
    static func objects(_ path: String) -> [[String: Any]] {
        guard let root, let text = try? String(contentsOfFile: root + "/" + path, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    }
}
