// Somebody without rights here: as root the program is run as nobody, from a copy that nobody can reach; else
// the owner's own mode bits are taken away.
import Glibc
import TestSupport

struct Stranger: Sendable {
    private let bench: Bench
    private let program: String
    private let wrapper: [String]
    private static let isRoot = getuid() == 0

    init(_ bench: Bench) throws {
        self.bench = bench
        guard Self.isRoot else {
            (program, wrapper) = (Program.path, [])
            return
        }
        chmod(bench.folder, 0o755)
        program = bench.folder + "/carillon"
        wrapper = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        if !Files.exists(program), link(Program.path, program) != 0 {
            guard let bytes = Files.bytes(Program.path), Files.write(bytes, to: program, mode: 0o755) else {
                throw Child.NotStarted(reason: "the program cannot be copied")
            }
        }
    }

    /// False where the program's own libraries are out of reach of anybody but root.
    static func isPossible() async throws -> Bool {
        let ended = try await Stranger(Bench()).run(["--version"])
        return ended.way == .exit(0)
    }

    /// Modes of a folder that the stranger may look into but not write, and not even look into.
    var mayRead: mode_t { Self.isRoot ? 0o755 : 0o555 }
    var mayNothing: mode_t { Self.isRoot ? 0o700 : 0 }

    func run(_ arguments: [String], _ variables: [String: String] = [:]) async throws -> Ended {
        try await bench.run(arguments, variables, wrapper: wrapper, program: program)
    }
}
