// What SQLite says, in the words of the port. One switch decides what each failure means.
import Foundation
import GRDB
import Ports

extension JournalError {
    init(_ error: any Error, path: String) {
        if let own = error as? JournalError {
            self = own
            return
        }
        if error is DecodingError {
            self = .damaged("\(path) holds an entry that cannot be read (\(error))", sequence: nil)
            return
        }
        guard let sqlite = error as? DatabaseError else {
            self = .damaged("\(path): \(error)", sequence: nil)
            return
        }
        let code = sqlite.resultCode
        // No room for the log's index: on a full disk the first thing that does not fit.
        if sqlite.extendedResultCode == .SQLITE_IOERR_SHMSIZE {
            self = .diskFull
            return
        }
        switch code {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_READONLY: self = .readOnly("\(path) cannot be written: check the folder's owner, mode and mount")
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            self = .noPermission("cannot open \(path): check that its folder exists and belongs to this user")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .damaged("\(path) is damaged (\(sqlite.message ?? "no detail")); restore a backup, then: carillon journal verify", sequence: nil)
        case .SQLITE_IOERR: self = .device("\(path): the storage failed (\(sqlite.message ?? "no detail"))")
        default: self = .damaged("\(path): \(sqlite.message ?? "error \(code.rawValue)")", sequence: nil)
        }
    }
}
