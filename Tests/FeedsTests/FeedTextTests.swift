// Dates, titles, links and entities as they occur, and as an attacker would write them.
import Kernel
import Testing

@testable import Feeds

@Suite("Feed text")
struct FeedTextTests {
    @Test(
        "dates of both kinds",
        arguments: [
            ("Fri, 20 Nov 2026 10:00:00 GMT", "2026-11-20T10:00:00Z"), ("Fri, 20 Nov 2026 10:00:00 +0000", "2026-11-20T10:00:00Z"),
            ("20 Nov 2026 10:00 EST", "2026-11-20T15:00:00Z"), ("Fri, 20 Nov 26 10:00:00 -0830", "2026-11-20T18:30:00Z"),
            ("  Fri,  20 November 2026 10:00:00 PDT ", "2026-11-20T17:00:00Z"), ("Wed, 31 Dec 2025 23:59:60 Z", "2025-12-31T23:59:59Z"),
            ("2026-11-20T10:00:00+09:00", "2026-11-20T01:00:00Z"), ("2026-11-20T10:00:00.5Z", "2026-11-20T10:00:00.500Z"),
            ("20 Nov 99 10:00:00", "1999-11-20T10:00:00Z")
        ])
    func dates(_ text: String, _ expected: String) { #expect(FeedDate.parse(text)?.iso8601 == expected) }

    @Test(
        "what names no moment is none",
        arguments: [
            "", "yesterday", "Fri", "31 Feb 2026 10:00:00 GMT", "20 Nov 2026", "2026-11-20", "20 Nov 2026 25:00:00 GMT", "20 Nov 2026 10:00:00 +9900",
            "20 Nov 2026 10:00:00 ABC", "20 Nov 123 10:00:00 GMT", "-1 Nov 2026 10:00:00 GMT", "20 Nov 2026 :: GMT",
            String(repeating: "1", count: 100)
        ])
    func noDates(_ text: String) { #expect(FeedDate.parse(text) == nil) }

    @Test(
        "titles lose markup, hidden characters and line ends, and decode entities once more",
        arguments: [
            ("Bitcoin <b>rises</b>", "Bitcoin rises"), ("A &amp; B", "A & B"), ("It&#8217;s &#x201C;up&#x201D;", "It’s “up”"), ("&#146;", "’"),
            ("5 < 6 > 4", "5 < 6 > 4"), ("&lt;script&gt;alert(1)&lt;/script&gt;Up", "Up"), ("<style>b{}</STYLE>x", "x"), ("a\n\tb\u{0}c", "a b c"),
            ("left\u{202E}right\u{200B}", "leftright"), ("&unknown; &;&#xZZ; &#0;", "&unknown; &;&#xZZ;"), ("<img src=x onerror=y", ""),
            ("&amp;amp;lt;", "&amp;lt;"),
            ("a\u{E000}b", "a b")
        ])
    func titles(_ raw: String, _ expected: String) { #expect(PlainText.title(raw) == expected) }

    @Test("a title has at most 300 characters")
    func longTitle() {
        let title = PlainText.title(String(repeating: "a", count: 100_000))
        #expect(title.count == 300)
        #expect(title.hasSuffix("…"))
    }

    @Test(
        "a link is a web address or nothing",
        arguments: [
            ("https://e.org/a", "https://e.org/a"), (" http://e.org ", "http://e.org"), ("javascript:alert(1)", ""), ("data:text/html,x", ""),
            ("/relative", ""),
            ("https://e.org/\"><script>", ""), ("https://" + String(repeating: "a", count: 3_000), ""), ("file:///etc/passwd", "")
        ])
    func links(_ raw: String, _ expected: String) { #expect(PlainText.link(raw) == expected) }

    @Test("every entity is decoded once, whatever it yields")
    func onePass() {
        #expect(EntityDecoder.decode("&amp;lt;&#38;gt;&quot;&apos;&nbsp;x") == "&lt;&gt;\"' x")
        #expect(EntityDecoder.decode("&#xD800;&#x110000;&#99999999999;") == "  &#99999999999;")
    }

    @Test("the name of a title without link and guid is the same for ever")
    func stableId() {
        #expect(NewsSelection.identifier("", "", "Bitcoin") == "title:" + StableHash.hexadecimal("bitcoin"))
        #expect(StableHash.hexadecimal("") == "cbf29ce484222325")
        #expect(StableHash.hexadecimal("a") == "af63dc4c8601ec8c")
        #expect(NewsSelection.identifier(" urn:1 ", "https://e.org", "t") == "urn:1")
        #expect(NewsSelection.identifier("", "https://e.org", "t") == "https://e.org")
        #expect(NewsSelection.identifier("a\u{202E}b", "", "t").hasPrefix("guid:"))
    }
}
