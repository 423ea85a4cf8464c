// Headlines of several sources as one list. The same story often comes twice: through two feeds with one
// link, or with one title under two links; the first that was published is kept.
import Kernel
public import Ports

public enum NewsDigest {
    /// Newest first (then by source and id), each link and each title once, at most `limit`.
    public static func merge(_ lists: [[NewsItem]], limit: Int) -> [NewsItem] {
        var links: Set<String> = [], titles: Set<String> = []
        let oldestFirst = lists.flatMap { $0 }.sorted { ($0.publishedAt, $0.source, $0.id) < ($1.publishedAt, $1.source, $1.id) }
        let unique = oldestFirst.filter { item in
            let newTitle = titles.insert(SafeText.printable(item.title.lowercased())).inserted
            let newLink = item.link.isEmpty || links.insert(item.link).inserted
            return newTitle && newLink
        }
        let newestFirst = unique.sorted { ($1.publishedAt, $0.source, $0.id) < ($0.publishedAt, $1.source, $1.id) }
        return Array(newestFirst.prefix(max(0, limit)))
    }
}
