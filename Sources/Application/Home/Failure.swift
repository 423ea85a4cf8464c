// How a use case ends early: what, where, what to do, with a kind that a script can tell apart. Never a stack, never a secret.
package import CandleStore
package import Engine
package import Ports

/// Kinds of failures, by the exit codes of sysexits.h.
package enum Sysexit: Int32, Sendable {
    case usage = 64
    case data = 65
    case noInput = 66
    case unavailable = 69
    /// Another copy that stands still, beside mistakes of our own.
    case software = 70
    case cannotCreate = 73
    case io = 74
    case temporary = 75
    case noPermission = 77
    case configuration = 78
}

package struct Failure: Error, Sendable {
    package let code: Sysexit
    /// Empty if the caller has heard it already.
    package let message: String

    package init(_ code: Sysexit, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The failure for what the caller has heard already.
    package static func said(_ code: Sysexit) -> Failure { Failure(code, "") }
}

extension Failure {
    package init(_ error: JournalError) {
        self =
            switch error {
            // Not 75: a unit takes that for a second copy, while here nobody is at work.
            case .locked: Failure(.io, "the journal is in use by another program, which does not end; nothing was written, try again")
            case .readOnly(let what): Failure(.noPermission, "\(what); nothing was written")
            case .diskFull: Failure(.io, "the disk is full; nothing was written, free some space and try again")
            case .damaged(let what, _): Failure(.data, "\(what); nothing was written")
            case .contradiction(let what): Failure(.software, "the account cannot take what was decided: \(what); nothing was written, report it")
            case .newer(let what): Failure(.configuration, "\(what); nothing was written")
            case .otherIdentity(let found, let wanted):
                Failure(
                    .configuration, "this home holds the journal of another world: \(found), not \(wanted); use another --home; nothing was written")
            case .noPermission(let what): Failure(.noPermission, what)
            case .device(let what): Failure(.io, "\(what); stopped at once, check the disk before the next start")
            }
    }

    package init(_ error: EngineError) {
        self =
            switch error {
            case .journal(let error): Failure(error)
            case .clock(let doubt): Failure(.unavailable, "\(doubt); nothing was done, set the clock right (timedatectl)")
            case .noMarket(let error): Failure(.unavailable, "no prices from \(error.source): \(error.detail); nothing is bought this hour")
            }
    }

    package init(_ error: CandleStoreError) {
        let code: Sysexit =
            switch error {
            case .noStore: .unavailable
            case .notAStore: .cannotCreate
            case .busy: .temporary
            case .noPermission: .noPermission
            case .diskFull, .device: .io
            case .newer: .configuration
            case .noCandles, .damaged, .digits, .disorder, .file: .data
            }
        self.init(code, error.description)
    }

    /// The failure for any error that ends a use case; nil for one that no use case throws.
    package init?(any error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as JournalError: self.init(error)
        case let error as EngineError: self.init(error)
        case let error as CandleStoreError: self.init(error)
        default: return nil
        }
    }

    /// What, where, and what to do. 65 refused, 69 unreachable or asked for silence, 75 outcome not known, 77 key refused.
    package init(_ error: ExchangeError, at venue: String) {
        self =
            switch error {
            case .rejected(let rejection): Failure(.data, "\(venue) refused: \(rejection.detail)")
            case .rateLimited(let until): Failure(.unavailable, "\(venue) was asked too often; nothing was done, ask again after \(until)")
            case .banned(let until): Failure(.unavailable, "\(venue) has banned this address until \(until); asking earlier makes it longer")
            case .authentication(let detail):
                Failure(.noPermission, "\(venue) refused the key: \(detail); check the key, its permissions and its addresses")
            case .clockSkew(let detail):
                Failure(.unavailable, "\(venue) and this machine disagree about the time: \(detail); set the clock right (timedatectl)")
            case .unavailable(let detail): Failure(.unavailable, "\(venue) could not be asked: \(detail); nothing was done")
            case .outcomeUnknown(let detail):
                Failure(.temporary, "\(venue) gave no answer that counts (\(detail)): it may have been done; ask before sending again")
            case .malformed(let detail):
                Failure(
                    .temporary,
                    "\(venue) gave an answer that makes no sense (\(detail)); after an order or a cancel it may have been done, "
                        + "so ask before sending again"
                )
            case .unsupported(let detail): Failure(.usage, detail)
            }
    }
}
