// A feed's body as JSON, its faults in the words of feeds.
import Ports
import StrictJSON

extension JSONField {
    static func parse(_ body: [UInt8], source: String) throws(FeedError) -> JSONField {
        do { return try JSONField(body: body) } catch { throw FeedError(.malformed, source: source, "JSON: \(error)") }
    }
}
