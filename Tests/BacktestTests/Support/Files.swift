// Files of the repository, and the benches beside it where somebody built them.
import Foundation

enum Files {
    static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// What `make bench` leaves behind; nil where it has not run.
    static var bench: String? {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let folder = ProcessInfo.processInfo.environment["CARILLON_BENCH"] ?? root + "/.build/bench"
        return ["bin/ref", "data/w1.bin", "data/w2/SYM49.csv"].allSatisfy { FileManager.default.fileExists(atPath: "\(folder)/\($0)") } ? folder : nil
    }

    /// What a program prints, and nothing where it cannot be started.
    static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }
}
