// A scratch folder with homes in it, and the program run on them. Removed with the last use of the bench.
import Glibc
import Kernel
import StrictJSON
import Synchronization
import TestSupport
import Testing

final class Bench: Sendable {
    let folder: String
    /// Longer than anything takes on a busy machine; a hang fails here.
    static let limit = 180

    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/carillon-process-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        mkdir(folder + "/output", 0o700)
        Leftovers.note(folder)
    }

    deinit {
        Files.remove(folder)
        Leftovers.forget(folder)
    }

    func home(_ name: String = "home") -> String { "\(folder)/\(name)" }
    func journal(_ home: String) -> String { home + "/journal.sqlite" }

    func write(_ name: String, _ text: String) -> String {
        Files.write(Array(text.utf8), to: "\(folder)/\(name)")
        return "\(folder)/\(name)"
    }

    /// Starts the program without waiting; for use inside `Gate.processes.through`.
    func start(_ arguments: [String], _ variables: [String: String] = [:], wrapper: [String] = [], program: String = Program.path) throws -> Child {
        var environment = ["HOME": folder, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"]
        environment.merge(variables) { $1 }
        let number = UInt64.random(in: 0 ... .max)
        return try Child(wrapper + [program] + arguments, environment: environment, folder: folder, output: "\(folder)/output/\(number)")
    }

    /// Runs the program to its end.
    func run(_ arguments: [String], _ variables: [String: String] = [:], wrapper: [String] = [], program: String = Program.path) async throws -> Ended
    {
        try await Gate.processes.through { try self.start(arguments, variables, wrapper: wrapper, program: program).wait(seconds: Self.limit) }
    }

    func run(_ arguments: String..., home: String, _ variables: [String: String] = [:]) async throws -> Ended {
        try await run(arguments + ["--home", home], variables)
    }

    /// A demo to its end; its JSON.
    func demo(_ home: String, hours: Int, seed: UInt64 = 7, _ variables: [String: String] = [:]) async throws -> DemoFacts {
        let ended = try await run(DemoFacts.arguments(home, hours: hours, seed: seed), variables)
        try #require(ended.way == .exit(0), "\(ended.way): \(ended.error)")
        return try DemoFacts(ended.out)
    }

    /// A demo that is killed at a commit.
    func kill(_ home: String, hours: Int, commit: Int, _ moment: String, _ variables: [String: String] = [:]) async throws -> Ended {
        try await run(DemoFacts.arguments(home, hours: hours, seed: 7), variables.merging(["CARILLON_KILL": "commit:\(commit):\(moment)"]) { $1 })
    }
}

/// What `demo --json` says.
struct DemoFacts: Hashable, Sendable {
    let hash: String
    let imbalance: String
    let unprotected: Int
    let commits: Int
    let entries: Int
    let cycles: Int
    let exits: [String: Int]

    init(_ text: String) throws {
        let json = try JSONValue(parsing: text)
        hash = try json["journalHash"].string
        imbalance = try json["ledgerImbalance"].decimal.description
        unprotected = try json["unprotectedSeconds"].int
        commits = try json["commits"].int
        entries = try json["entries"].int
        cycles = try json["cycles"].int
        exits = Dictionary(uniqueKeysWithValues: try json["exits"].members.map { ($0.name, try $0.node.int) })
    }

    static func arguments(_ home: String, hours: Int, seed: UInt64) -> [String] {
        ["demo", "--home", home, "--hours", "\(hours)", "--seed", "\(seed)", "--json"]
    }

    var isSound: Bool { imbalance == "0" && unprotected == 0 }
}

/// Folders of benches that the end of the tests may overtake: removed as the process exits.
private enum Leftovers {
    private static let folders = Mutex<Set<String>>([])
    private static let atEnd: Void = { atexit { Leftovers.removeAll() } }()

    static func note(_ folder: String) {
        atEnd
        folders.withLock { _ = $0.insert(folder) }
    }
    static func forget(_ folder: String) { folders.withLock { _ = $0.remove(folder) } }
    private static func removeAll() { for folder in folders.withLock({ $0 }) { Files.remove(folder) } }
}
