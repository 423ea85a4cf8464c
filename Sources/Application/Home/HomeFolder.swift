// The folder the journal lives in, and the kill switch file.
import Glibc
package import SettingsFiles

package struct HomeFolder: Sendable {
    package let path: String
    /// What a command must be given to find this folder again; empty if it finds it by itself.
    package let option: String

    /// The folder of the CSV records and the log.
    package let logs: String
    /// Whether it is another than a person expects, so that outputs name it.
    package let mustBeNamed: Bool

    /// A folder beside a home, which holds no journal of its own.
    package init(path: String) {
        self.path = path
        option = ""
        logs = path
        mustBeNamed = false
    }

    package init(_ place: HomePlace) {
        path = place.path
        logs = place.logs
        mustBeNamed = place.mustBeNamed
        option = [.option, .demo].contains(place.source) ? " --home " + Shell.word(place.path) : ""
    }

    /// The same as it can be typed at once, before the program is installed.
    package func typed(_ words: String) -> String { "\(Shell.program) \(words)\(option)" }

    /// A command that a person may copy: `carillon resume`, with the home they named.
    package func command(_ words: String) -> String { "carillon \(words)\(option)" }

    /// The store's words, which name commands and know no home, with the home that the person named.
    package func addressed(_ words: String) -> String {
        guard !option.isEmpty else { return words }
        return ["journal rebuild", "journal verify"].reduce(words) { $0.replacing("carillon \($1)", with: command($1)) }
    }

    package var journal: String { path + "/journal.sqlite" }
    package var haltFile: String { path + "/HALT" }
    package var heartbeat: String { path + "/monitor.heartbeat" }

    /// Makes the folder (mode 0700) if it is missing; says who must do what if it cannot.
    package func prepare() throws(Failure) {
        guard Self.makeFolders(path) else {
            throw Failure(.noPermission, "cannot make or write \(path): \(String(cString: strerror(errno))); use --home FOLDER or run as its owner")
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw Failure(.noPermission, "cannot write \(path): \(String(cString: strerror(errno))); use --home FOLDER or run as its owner")
        }
    }

    package var noJournal: Failure { Failure(.unavailable, "no journal in \(path) yet; \(command("cycle")) starts one, or name another --home") }

    /// An existing journal's folder; reading an account that is not there must not look like an empty one.
    package func requireJournal() throws(Failure) {
        if access(journal, F_OK) != 0 {
            let reason = errno
            if reason == EACCES { throw Failure(.noPermission, "cannot look into \(path): \(String(cString: strerror(reason))); run as its owner") }
            throw noJournal
        }
        guard access(journal, R_OK) == 0 else {
            throw Failure(.noPermission, "cannot read \(journal): \(String(cString: strerror(errno))); run as its owner")
        }
    }

    /// A reason while the kill switch file is there. A file that cannot be looked at counts as there: fail closed (F101).
    package func killSwitch() -> String? {
        var info = stat()
        if lstat(haltFile, &info) != 0 {
            return errno == ENOENT ? nil : "the kill switch file \(haltFile) cannot be looked at: \(String(cString: strerror(errno)))"
        }
        // Without waiting: a pipe of this name has nobody at its other end.
        let file = open(haltFile, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return "the kill switch file \(haltFile) cannot be read" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 200)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 || errno == EAGAIN else { return "the kill switch file \(haltFile) cannot be read" }
        let words = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return words.isEmpty ? "the kill switch file is there" : words
    }

    /// Whole or not at all, whatever stands there already. True if it halts afterwards.
    package func engageKillSwitch(_ reason: String) -> Bool {
        let new = haltFile + ".new"
        unlink(new)
        let file = open(new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if file >= 0 {
            let isWritten = Descriptor.write(reason + "\n", to: file) == 0 && fsync(file) == 0
            close(file)
            if isWritten, rename(new, haltFile) == 0, syncFolder() { return true }
            unlink(new)
        }
        // If the new name is taken by something else, the switch is made without it: empty, it halts as well.
        let direct = open(haltFile, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
        if direct >= 0 {
            Descriptor.write(reason + "\n", to: direct)
            close(direct)
        }
        // Something that cannot be written over, such as a folder, halts all the same.
        var info = stat()
        return lstat(haltFile, &info) == 0
    }

    /// The new name outlives a loss of power.
    private func syncFolder() -> Bool {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return fsync(folder) == 0
    }

    package func releaseKillSwitch() -> Bool { unlink(haltFile) == 0 || errno == ENOENT }

    private static func makeFolders(_ path: String) -> Bool {
        var info = stat()
        if stat(path, &info) == 0 { return info.st_mode & S_IFMT == S_IFDIR }
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        if !parent.isEmpty, !makeFolders(parent) { return false }
        return mkdir(path, 0o700) == 0 || errno == EEXIST
    }
}

/// Words as a shell reads them back.
package enum Shell {
    /// How the person called this program: its name if it is on the path, else the path they typed.
    package static var program: String { CommandLine.arguments.first.flatMap { $0.contains("/") ? word($0) : nil } ?? "carillon" }

    package static func word(_ text: String) -> String {
        let plain = text.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "/._-+:,@=%".unicodeScalars.contains($0))
        }
        return plain && !text.isEmpty ? text : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
