// The program as it was built, found beside the bundle of these tests.
import Glibc

enum Program {
    /// The path of the binary; the tests' own binary lies in the same folder.
    static let path: String = {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = bytes.withUnsafeMutableBytes { buffer in
            readlink("/proc/self/exe", buffer.baseAddress!.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        let own = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
        let beside = folder(of: own) + "/carillon"
        if access(beside, X_OK) == 0 { return beside }
        return folder(of: CommandLine.arguments[0]) + "/carillon"
    }()

    private static func folder(of path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }
}
