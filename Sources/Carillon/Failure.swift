// How a command ends early: what, where, what to do, on standard error, with the exit code of
// sysexits.h that a script can tell apart. Never a stack, never a secret.
import ArgumentParser
import CandleStore
import Domain
import Engine
import Glibc
import Ports

enum Sysexit: Int32 {
    case usage = 64
    case data = 65
    case noInput = 66
    case unavailable = 69
    case software = 70
    case cannotCreate = 73
    case io = 74
    case temporary = 75
    case noPermission = 77
    case configuration = 78
}

struct Failure: Error {
    let code: Sysexit
    let message: String
    init(_ code: Sysexit, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension Failure {
    init(_ error: JournalError) {
        self = switch error {
        case .locked: Failure(.temporary, "the journal is in use by another program for more than 5 s; nothing was written, try again")
        case .readOnly(let what): Failure(.noPermission, "\(what); nothing was written")
        case .diskFull: Failure(.io, "the disk is full; nothing was written, free some space and try again")
        case .damaged(let what, _): Failure(.data, "\(what); nothing was written")
        case .newer(let what): Failure(.configuration, "\(what); nothing was written")
        case .otherIdentity(let found, let wanted):
            Failure(.configuration, "this home holds the journal of another world: \(found), not \(wanted); use another --home; nothing was written")
        case .noPermission(let what): Failure(.noPermission, what)
        case .device(let what): Failure(.io, "\(what); stopped at once, check the disk before the next start")
        }
    }

    init(_ error: EngineError) {
        self = switch error {
        case .journal(let error): Failure(error)
        case .clock(let doubt): Failure(.unavailable, "\(doubt); nothing was done, set the clock right (timedatectl)")
        case .noMarket(let error): Failure(.unavailable, "no prices from \(error.source): \(error.detail); nothing is bought this hour")
        }
    }
}

extension AsyncParsableCommand {
    /// Runs a command's body; a failure is printed and becomes the exit code.
    func guarded(_ body: () async throws -> Void) async throws {
        do { try await body() } catch let failure as Failure {
            throw stop(failure)
        } catch let error as JournalError {
            throw stop(Failure(error))
        } catch let error as EngineError {
            throw stop(Failure(error))
        } catch let error as CandleStoreError {
            throw stop(Failure(error))
        }
    }

    /// The same for a command that only prints: what did not arrive is a failure. One that did something keeps its 0:
    /// who takes another code for a no would do it twice.
    func printed(_ body: () async throws -> Void) async throws {
        try await guarded {
            try await body()
            if let why = Terminal.lost { throw Failure(.io, "standard output takes no more: \(why)") }
        }
    }

    private func stop(_ failure: Failure) -> ExitCode {
        Terminal.error("carillon: \(failure.message) (exit \(failure.code.rawValue))")
        return ExitCode(failure.code.rawValue)
    }
}
