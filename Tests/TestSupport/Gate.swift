// So many processes at a time, and each waited for on a thread of its own: tests that start some block nobody
// else's, and their clocks stay meaningful on a small machine.
import Dispatch
import Foundation

public actor Gate {
    /// Processes that work.
    public static let processes = Gate(2)
    /// Processes that mostly wait for an answer.
    public static let clients = Gate(6)
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    init(_ free: Int) { self.free = free }

    private func enter() async {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    }

    private func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }

    /// Runs `work`, which may block, on its own thread.
    public nonisolated func through<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        await enter()
        let result: Result<T, any Error> = await withCheckedContinuation { continuation in
            Thread { continuation.resume(returning: Result { try work() }) }.start()
        }
        await leave()
        return try result.get()
    }
}
