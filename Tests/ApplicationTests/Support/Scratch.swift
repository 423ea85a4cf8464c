// A scratch folder with a home in it, for who calls the application without the program. Removed with its last use.
import Glibc
import Kernel
import Ports
import Synchronization
import TestSupport
import Testing

@testable import Application

final class Scratch: Sendable {
    let folder: String
    /// Begins in the middle of an hour and stands still until it is told: no test is caught by the turn of an hour.
    let clock = VirtualClock(Timestamp(iso8601: "2026-11-30T12:30:00Z")!)
    private let heard = Mutex<[String]>([])

    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/carillon-application-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit { Files.remove(folder) }

    var home: String { folder + "/home" }

    func write(_ name: String, _ text: String) -> String {
        Files.write(Array(text.utf8), to: "\(folder)/\(name)")
        return "\(folder)/\(name)"
    }

    /// Somebody who names the home, has no keys, and remembers what was said.
    var caller: Caller { caller() }

    func caller(config: String? = nil, _ variables: [String: String] = [:]) -> Caller {
        let known = ["HOME": folder].merging(variables) { $1 }
        return Caller(
            home: home, config: config, environment: { known[$0] }, clock: clock,
            say: { [self] words in heard.withLock { $0.append(words) } })
    }

    /// Every line that was said meanwhile.
    var said: [String] { heard.withLock { $0 } }
}
