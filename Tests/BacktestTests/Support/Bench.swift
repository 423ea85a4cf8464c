// What `make bench` leaves behind, for tests that go on where somebody ran it.
import Foundation
import TestSupport

enum Bench {
    /// nil where it has not run.
    static var folder: String? {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let folder = ProcessInfo.processInfo.environment["CARILLON_BENCH"] ?? root + "/.build/bench"
        return ["bin/ref", "data/w1.bin", "data/w2/SYM49.csv"].allSatisfy { Files.exists("\(folder)/\($0)") } ? folder : nil
    }
}
