// A queued message in the words that a person would read, in UTC.
public import Events
import Messaging

extension MessageQueued {
    public var plain: String { MessageRenderer(zone: .utc).text(of: message).plain }
}
