// A bare connection to loopback, for requests that no client would send. Its calls block, so they run on threads of
// their own: the exchange under test lives in the same process and needs the others.
import Foundation
import Glibc

/// Runs blocking work beside the tasks.
func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}

final class RawConnection: Sendable {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard connected == 0 else { throw Failure.refused }
        var patience = timeval(tv_sec: 300, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    deinit { close(descriptor) }
    enum Failure: Error { case refused, timedOut }

    /// False where the other side takes no more.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Everything until the other side closes or resets; throws where it does neither in five minutes.
    func readToEnd() throws -> String {
        var all: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count > 0 {
                all += chunk[..<count]
            } else if count < 0, errno == EAGAIN {
                throw Failure.timedOut
            } else {
                return String(decoding: all, as: UTF8.self)
            }
        }
    }

    /// Until the text has been seen so many times.
    func read(until text: String, times: Int) throws -> String {
        var all = "", chunk = [UInt8](repeating: 0, count: 65_536)
        while all.split(separator: text, omittingEmptySubsequences: false).count <= times {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { throw Failure.timedOut }
            all += String(decoding: chunk[..<count], as: UTF8.self)
        }
        return all
    }
}
