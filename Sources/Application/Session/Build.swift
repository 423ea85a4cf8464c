// Which program ran a cycle: the linker's hash of its executable, kept beside the chain and not in it, so that the same decisions have
// the same chain whichever build made them.
import Kernel
import Store
import Trading

struct Build {
    let session: Session
    /// The program's own file.
    var executable = "/proc/self/exe"

    /// Notes the build of a cycle; a program that was linked without a build id has none to note.
    func note(_ cycle: CycleId) throws {
        guard let id = BuildId.read(executable) else { return }
        try session.journal.note("build", cycle.description, "\"\(id)\"")
    }
}
