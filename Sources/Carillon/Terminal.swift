// Standard output and error, as a person or a pipe has them.
import Application
import Glibc
import Kernel
import Screens
import Synchronization

enum Terminal {
    static let isInteractive = isatty(STDERR_FILENO) == 1
    static let isOutputTerminal = isatty(STDOUT_FILENO) == 1

    private static let refusal = Atomic<Int32>(0)

    /// Prints text that may hold names and words from outside, a line or several: nothing in it steers the terminal.
    static func out(_ text: String) {
        let error = Descriptor.write(styled(text) + "\n", to: STDOUT_FILENO)
        if error != 0 { refusal.store(error, ordering: .relaxed) }
    }

    /// Bytes as they are, for a machine; says why if the output takes no more.
    static func out(_ bytes: [UInt8]) throws(Failure) {
        let error = Descriptor.write(bytes, to: STDOUT_FILENO)
        guard error == 0 else { throw Failure(.io, "standard output cannot be written: \(String(cString: strerror(error)))") }
    }

    /// Why something that was printed did not arrive; nil if everything did.
    static var lost: String? {
        let error = refusal.load(ordering: .relaxed)
        return error == 0 ? nil : String(cString: strerror(error))
    }

    /// Prints text that may hold file names and words from outside: nothing in it steers the terminal.
    static func error(_ text: String) { Descriptor.write(SafeText.terminal(text) + "\n", to: STDERR_FILENO) }

    /// Bold on a terminal that has it, plain elsewhere and if NO_COLOR is set and not empty (no-color.org).
    private static func styled(_ text: String) -> String {
        text.split(separator: Character(Style.boldBegins), omittingEmptySubsequences: false).enumerated().map { index, part in
            guard index > 0, let end = part.firstIndex(of: Character(Style.boldEnds)) else { return SafeText.terminal(String(part)) }
            let words = SafeText.terminal(String(part[..<end])), rest = SafeText.terminal(String(part[end...]))
            return (hasColours ? "\u{1B}[1m\(words)\u{1B}[0m" : words) + rest
        }.joined()
    }

    private static let hasColours = isOutputTerminal && text("NO_COLOR").isEmpty && !["", "dumb"].contains(text("TERM"))

    /// An environment variable; empty if it is not set.
    private static func text(_ variable: String) -> String { getenv(variable).map { String(cString: $0) } ?? "" }
}

/// One line that is drawn over again while long work goes on; nothing if nobody looks.
struct ProgressLine {
    private let shows = Terminal.isInteractive

    func draw(_ text: String) {
        guard shows else { return }
        Descriptor.write("\r\u{1B}[K\(text)", to: STDERR_FILENO)
    }

    func clear() {
        guard shows else { return }
        Descriptor.write("\r\u{1B}[K", to: STDERR_FILENO)
    }
}
