// Every decision of a journal made once more from what is written there, held against what was decided.
import Compression
package import Engine
import Events
import Kernel
package import Ports
import Settings
import SettingsFiles
import Signing
import Store

package struct JournalReplay: Sendable {
    package let result: Replay.Result
    package var isEqual: Bool { result.differences.isEmpty }

    /// Decisions that were made with other settings than these are not made again.
    /// - Parameter entries: instead of the journal's own.
    package init(_ caller: Caller, entries: [JournalEntry]? = nil) throws {
        let session = try Session.open(caller, .reading), book = try session.journal.book()
        // A demo's own time waits for no model, so it asks none.
        let settings = book.identity?.start == nil ? session.settings : session.settings.askingNoModel
        let base = session.configuration
        let own = LoadedConfiguration(
            settings: settings, file: base.file, instances: base.instances, strategyTexts: base.strategyTexts)
        let panel = PanelAssembly(own, caller.environment).panel(journal: session.journal, clock: session.clock).panel
        let journal = session.journal
        let replay = Replay(
            settings: settings, settingsHash: own.version(hash: SHA256.hex), panel: (panel.name, panel.seats), instances: own.instances,
            unusable: base.unusable.count
        ) { hash in (try? journal.blob(hash)).flatMap { $0 }.flatMap { Deflate.expand($0, limit: 1 << 28) } }
        result = try replay.run { after in
            if let entries { return after == 0 ? entries : [] }
            return try journal.entries(after: after, limit: 1_000)
        }
    }
}
