// Standard output and error, as a person or a pipe has them.
import Glibc
import Messaging
import Synchronization

enum Terminal {
    static let isInteractive = isatty(STDERR_FILENO) == 1
    static let isOutputTerminal = isatty(STDOUT_FILENO) == 1

    private static let refusal = Atomic<Int32>(0)

    /// What may hold names and words from outside, a line or several: nothing in it steers the terminal.
    static func out(_ text: String) {
        let error = write(styled(text) + "\n", to: STDOUT_FILENO)
        if error != 0 { refusal.store(error, ordering: .relaxed) }
    }

    /// Why something that was printed did not arrive; nil where everything did.
    static var lost: String? {
        let error = refusal.load(ordering: .relaxed)
        return error == 0 ? nil : String(cString: strerror(error))
    }

    /// What may name files and words from outside: nothing in it steers the terminal.
    static func error(_ text: String) { write(SafeText.terminal(text) + "\n", to: STDERR_FILENO) }

    /// Bold on a terminal that has it, plain elsewhere and where NO_COLOR is set and not empty (no-color.org).
    static func bold(_ text: String) -> String { "\(boldBegins)\(text)\(boldEnds)" }

    // Private scalars, which no text from outside gets through: `out` alone turns them into what a terminal understands.
    private static let boldBegins: Unicode.Scalar = "\u{F0001}", boldEnds: Unicode.Scalar = "\u{F0002}"

    private static func styled(_ text: String) -> String {
        text.split(separator: Character(boldBegins), omittingEmptySubsequences: false).enumerated().map { index, part in
            guard index > 0, let end = part.firstIndex(of: Character(boldEnds)) else { return SafeText.terminal(String(part)) }
            let words = SafeText.terminal(String(part[..<end])), rest = SafeText.terminal(String(part[end...]))
            return (hasColours ? "\u{1B}[1m\(words)\u{1B}[0m" : words) + rest
        }.joined()
    }

    private static let hasColours = isOutputTerminal && text("NO_COLOR").isEmpty && !["", "dumb"].contains(text("TERM"))

    /// An environment variable; empty where it is not set.
    private static func text(_ variable: String) -> String { getenv(variable).map { String(cString: $0) } ?? "" }

    /// 0, or the error with which the rest was refused.
    @discardableResult
    static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? errno : EIO }
            bytes = bytes.dropFirst(count)
        }
        return 0
    }
}

/// One line that is drawn over again while long work goes on; nothing where nobody looks.
struct ProgressLine {
    private let shows = Terminal.isInteractive

    func draw(_ text: String) {
        guard shows else { return }
        Terminal.write("\r\u{1B}[K\(text)", to: STDERR_FILENO)
    }

    func clear() {
        guard shows else { return }
        Terminal.write("\r\u{1B}[K", to: STDERR_FILENO)
    }
}
