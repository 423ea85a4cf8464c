// From raw entries to news items: a stable id, a clean title, a believable moment, each thing once.
// Shared by the syndication feeds and the news service.
import Kernel
import Ports

enum NewsSelection {
    /// How far a publisher's clock may run ahead.
    static let futureTolerance = TimeSpan.minutes(10)

    /// Items of the window, newest first (then by id), at most `limit`. Dropped: no visible title, no
    /// moment, outside the window, further in the future than a clock error, or seen already.
    static func items(
        _ entries: [SyndicationEntry], source: String, since start: Timestamp, until end: Timestamp,
        now: Timestamp, limit: Int
    ) -> [NewsItem] {
        var seen: Set<String> = []
        let items = entries.compactMap { entry -> NewsItem? in
            let title = PlainText.title(entry.title, keepsInvisible: true)
            guard !title.isEmpty, let date = entry.date, date >= start, date <= end,
                date <= now + futureTolerance
            else { return nil }
            let link = PlainText.link(entry.link)
            let id = identifier(entry.identifier, link, title)
            guard seen.insert(id).inserted else { return nil }
            return NewsItem(id: id, source: source, title: title, link: link, publishedAt: date, receivedAt: now)
        }
        return Array(items.sorted { ($1.publishedAt, $0.id) < ($0.publishedAt, $1.id) }.prefix(max(0, limit)))
    }

    /// The guid, else the link, else the title's hash; what is too long or not printable is hashed.
    static func identifier(_ guid: String, _ link: String, _ title: String) -> String {
        let trimmed = guid.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard trimmed.isEmpty else {
            let plain = trimmed.utf8.count <= 256 && trimmed.unicodeScalars.allSatisfy(\.isPrintable)
            return plain ? trimmed : "guid:" + StableHash.hexadecimal(trimmed)
        }
        return link.isEmpty ? "title:" + StableHash.hexadecimal(title.lowercased()) : link
    }
}
