// Messages on the terminal or in the service's own log: the same words as in a chat, without markup.
import Domain
import Ports
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

public struct ConsoleNotifier: Notifier {
    public let name = "console"
    private let descriptor: Int32

    /// - Parameter descriptor: an open file descriptor, standard output by default.
    public init(descriptor: Int32 = STDOUT_FILENO) { self.descriptor = descriptor }

    /// Writes the plain text and an empty line; what could steer a terminal is dropped first.
    public func deliver(_ text: MessageText, silently: Bool) async -> DeliveryResult {
        let bytes = Array((SafeText.terminal(text.plain) + "\n\n").utf8)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count); continue }
            switch count == 0 ? EAGAIN : errno {
            case EINTR: continue
            case EAGAIN where isWritable(within: 2_000): continue
            case EAGAIN, ENOSPC: return .retry(after: .seconds(1), why: "the console takes nothing now")
            default: return .rejected(why: "the console is closed", permanent: false)
            }
        }
        return .delivered(remoteId: nil)
    }

    private func isWritable(within milliseconds: Int32) -> Bool {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&ready, 1, milliseconds) > 0
    }
}
