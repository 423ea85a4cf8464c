// The built program as a process of its own, with a throw-away home and a configuration file.
import Foundation
import Testing

struct Program: Sendable {
    /// Beside the tests' own bundle, where the build puts it.
    static let path = Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent().appendingPathComponent("carillon").path }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
        ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("carillon").path
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

    let folder: URL
    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String
        func json() throws -> [String: Any] { try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]) }
    }

    init(configuration: String) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("carillon-live-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(configuration.utf8).write(to: folder.appendingPathComponent("carillon.yaml"))
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
    func has(_ file: String) -> Bool { FileManager.default.fileExists(atPath: folder.appendingPathComponent("home/" + file).path) }

    /// Runs one command to its end, waited for on a thread of its own: other tests need the tasks' few.
    func run(_ command: String, _ more: String...) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Swift.Result { try ended([command] + more) }) }
        }
    }

    private func ended(_ arguments: [String]) throws -> Result {
        let process = Process(), output = Pipe(), errors = Pipe()
        process.executableURL = URL(fileURLWithPath: Self.path)
        process.arguments = arguments.prefix(1) + ["--home", folder.appendingPathComponent("home").path, "--config", folder.appendingPathComponent("carillon.yaml").path]
            + arguments.dropFirst()
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path]
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile(), complained = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: String(decoding: said, as: UTF8.self), errors: String(decoding: complained, as: UTF8.self))
    }
}
