// One story is one line, wherever it came from and in whatever order.
import Kernel
import Ports
import Testing

@testable import Feeds

@Suite("News digest")
struct NewsDigestTests {
    func item(_ source: String, _ title: String, _ link: String, minute: Int) -> NewsItem {
        NewsItem(
            id: link, source: source, title: title, link: link, publishedAt: Timestamp(milliseconds: Int64(minute) * 60_000),
            receivedAt: Timestamp(milliseconds: 0))
    }

    @Test("the same link or the same title is one story, the first published")
    func merge() {
        let a = [item("a", "Up", "https://e.org/1", minute: 5), item("a", "Down", "https://e.org/2", minute: 9), item("a", "No link", "", minute: 1)]
        let b = [
            item("b", "Up, reworded", "https://e.org/1", minute: 6), item("b", "DOWN", "https://f.org/2", minute: 3),
            item("b", "Other", "", minute: 1)
        ]
        let merged = NewsDigest.merge([a, b], limit: 10)
        #expect(merged.map(\.title) == ["Up", "DOWN", "No link", "Other"])
        #expect(NewsDigest.merge([b.reversed(), a.reversed()], limit: 10) == merged)
        #expect(NewsDigest.merge([a, b], limit: 1).map(\.title) == ["Up"])
        #expect(NewsDigest.merge([], limit: 5).isEmpty)
    }
}
