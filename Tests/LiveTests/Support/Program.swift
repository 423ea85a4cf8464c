// The built program as a process of its own, with a throw-away home and a configuration file.
import Foundation
import TestSupport
import Testing

struct Program: Sendable {
    /// Beside the tests' own bundle, where the build puts it.
    static let path =
        Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent().appendingPathComponent("carillon").path }
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

    /// Runs one command to its end.
    func run(_ command: String, _ more: String...) async throws -> Result { try await run([command], more, [:]) }

    /// The words of a command, with variables of its environment.
    func run(_ command: [String], _ variables: [String: String] = [:]) async throws -> Result { try await run(command, [], variables) }

    /// - Parameters:
    ///   - command: the words before the options that name home and settings.
    ///   - more: those behind.
    func run(_ command: [String], _ more: [String], _ variables: [String: String]) async throws -> Result {
        try await Gate.clients.through { try ended(command, more, variables) }
    }

    func write(_ file: String, _ text: String) throws {
        let url = folder.appendingPathComponent(file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func delete(_ file: String) { try? FileManager.default.removeItem(at: folder.appendingPathComponent("home/" + file)) }

    /// Another folder with the same settings and the same home.
    func copied() throws -> Program {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("carillon-live-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: folder, to: copy)
        return Program(folder: copy)
    }

    private init(folder: URL) { self.folder = folder }

    private func ended(_ command: [String], _ more: [String], _ variables: [String: String]) throws -> Result {
        let places = ["--home", folder.appendingPathComponent("home").path, "--config", folder.appendingPathComponent("carillon.yaml").path]
        let environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path].merging(variables) { $1 }
        let words = folder.appendingPathComponent("said-\(UUID().uuidString)").path
        let ended = try Child([Self.path] + command + places + more, environment: environment, folder: folder.path, output: words).wait(
            seconds: Self.limit)
        guard case .exit(let status) = ended.way else { throw BrokeOff(ended: ended) }
        return Result(status: status, output: ended.out, errors: ended.error)
    }

    /// Longer than anything takes on a busy machine; a hang fails here.
    private static let limit = 240
    struct BrokeOff: Error { let ended: Ended }
}
