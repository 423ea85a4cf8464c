// The strategies there are, and a new one.
import Glibc
import Kernel
package import SettingsFiles
import Strategies

package struct StrategyShelf: Sendable {
    /// Those that can be used, in the order of their names.
    package private(set) var usable: [LoadedStrategy] = []
    /// Every problem of the others, with file, line and column.
    package private(set) var problems: [String] = []

    package init(_ caller: Caller) throws(Failure) {
        let library = try LabInput.library(caller)
        for name in library.names {
            switch library.load(name) {
            case .success(let loaded): usable.append(loaded)
            case .failure(let error): problems += error.problems.map(\.description)
            }
        }
    }

    /// nil if nothing is wrong.
    package var failure: Failure? {
        problems.isEmpty ? nil : Failure(.configuration, "\(problems.count) problems; a strategy that has one cannot be used")
    }

    /// Writes a strategy to begin with into the configured folder; a file that is there is never written to.
    /// - Returns: the file's path.
    package static func begin(_ name: String, _ caller: Caller) throws(Failure) -> String {
        guard let text = StrategyTemplate.text(named: name) else {
            throw Failure(.usage, "'\(SafeText.typed(name))' is not a strategy name; use small letters, digits and dashes, e.g. my-idea")
        }
        let library = try LabInput.library(caller)
        if library.names.contains(name) { throw Failure(.cannotCreate, "there is a strategy '\(name)' already; choose another name") }
        let file = library.folder + "/\(name).yaml"
        try HomeFolder(path: library.folder).prepare()
        try create(file, text)
        return file
    }

    /// A new file or none: nothing of a person's is written over.
    private static func create(_ path: String, _ text: String) throws(Failure) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            throw Failure(errno == EEXIST ? .cannotCreate : .noPermission, "cannot make \(path): \(String(cString: strerror(errno)))")
        }
        defer { close(file) }
        let error = Descriptor.write(text, to: file)
        guard error == 0 else {
            unlink(path)
            throw Failure(.io, "cannot write \(path): \(String(cString: strerror(error)))")
        }
    }
}
