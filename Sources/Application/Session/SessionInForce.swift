// The session of a long-running process: between two cycles it looks at the files again and adopts a valid new
// version, seen twice the same. A broken file, or one of another world, changes nothing and is reported.
import Settings
import SettingsFiles
import Signing
import Synchronization

package final class SessionInForce: Sendable {
    private struct State {
        var session: Session
        var inForce: SettingsInForce
        var said = ""
    }
    private let caller: Caller
    private let state: Mutex<State>

    package init(_ session: Session, _ caller: Caller) {
        self.caller = caller
        state = Mutex(State(session: session, inForce: SettingsInForce(session.configuration, hash: SHA256.hex)))
    }

    package var session: Session { state.withLock { $0.session } }

    /// Looks at the files once; returns the session to go by. A new version needs two looks with some time between.
    @discardableResult
    package func refresh() -> Session {
        state.withLock { state in
            let before = state.inForce.hash
            state.inForce = state.inForce.adopting(ConfigurationLoader.load(caller.settingsPlace), hash: SHA256.hex)
            var words =
                state.inForce.problems.map { "\($0.problems.map(\.description).joined(separator: "\n"))\nthe last valid settings stay in force" }
                ?? ""
            if state.inForce.hash != before {
                let next = state.session.with(state.inForce.configuration)
                if next.isSameWorld(as: state.session) {
                    // Allowed, and still what a slip of the finger looks like: said loudly.
                    let looser = next.settings.risk.loosened(from: state.session.settings.risk).map { "\n\($0.key): \($0.message)" }.joined()
                    words = "new settings in force from the next cycle on" + looser
                    state.session = next
                } else {
                    words = "these settings are of another world than the journal's; restart with another --home; the old ones stay in force"
                }
            }
            if !words.isEmpty, words != state.said { caller.say("carillon: \(words)") }
            state.said = words
            return state.session
        }
    }
}

extension Session {
    fileprivate func with(_ configuration: LoadedConfiguration) -> Session {
        Session(caller, configuration, folder, journal, clock: clock)
    }

    fileprivate func isSameWorld(as other: Session) -> Bool {
        settings.feeds.prices == other.settings.feeds.prices && settings.feeds.seed == other.settings.feeds.seed
            && settings.feeds.address == other.settings.feeds.address && settings.feeds.folder == other.settings.feeds.folder
            && settings.feeds.instruments == other.settings.feeds.instruments && settings.account.quote == other.settings.account.quote
    }
}
