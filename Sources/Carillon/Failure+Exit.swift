// How a command ends early: the failure on standard error, and its exit code of sysexits.h.
import Application
import ArgumentParser

extension AsyncParsableCommand {
    /// Runs a command's body; a failure is printed and becomes the exit code.
    func guarded(_ body: () async throws -> Void) async throws {
        do { try await body() } catch {
            guard let failure = Failure(any: error) else { throw error }
            if !failure.message.isEmpty { Terminal.error("carillon: \(failure.message) (exit \(failure.code.rawValue))") }
            throw ExitCode(failure.code.rawValue)
        }
    }

    /// The same for a command that only prints: what did not arrive is a failure. One that did something keeps its 0:
    /// whoever takes another code for a no would do it twice.
    func printed(_ body: () async throws -> Void) async throws {
        try await guarded {
            try await body()
            if let why = Terminal.lost { throw Failure(.io, "standard output cannot be written: \(why)") }
        }
    }
}
