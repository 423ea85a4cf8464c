// RSS 2.0, Atom and RSS 1.0 become the same items; what is hostile or broken becomes an error.
import Kernel
import Testing

@testable import Feeds

@Suite("Syndication parser")
struct SyndicationParserTests {
    func parse(_ text: String) throws -> SyndicationDocument { try SyndicationParser.parse(Array(text.utf8)) }
    func fault(_ bytes: [UInt8]) -> SyndicationParser.Fault? {
        do { _ = try SyndicationParser.parse(bytes); return nil } catch { return error }
    }
    func xmlFault(_ text: String) -> XMLFault.Kind? {
        if case .malformed(let fault) = fault(Array(text.utf8)) { fault.kind } else { nil }
    }
    static func rss(_ items: String) -> String { "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>\(items)</channel></rss>" }

    @Test("RSS 2.0 with CDATA, escaped markup, an image title and foreign elements")
    func rss2() throws {
        let document = try parse(
            Self.rss(
                """
                <title>Channel</title><ttl> 15 </ttl><image><title>Logo</title></image><atom:link href="https://self" rel="self"/>
                <item><title><![CDATA[Bitcoin <b>rises</b> & stays]]></title><link>https://e.org/1</link><guid isPermaLink="false">id-1</guid>
                <pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><media:content url="x"><media:title>Not this</media:title></media:content>
                <source url="s">Nor this</source><description>&lt;p&gt;long&lt;/p&gt;</description></item>
                <item><title>Second &amp; last</title><link>https://e.org/2</link><dc:date>2026-11-20T11:00:00+01:00</dc:date></item>
                """))
        #expect(document.minutesToLive == 15)
        #expect(document.entries.map(\.title) == ["Bitcoin <b>rises</b> & stays", "Second & last"])
        #expect(document.entries.map(\.identifier) == ["id-1", ""])
        #expect(document.entries.map(\.link) == ["https://e.org/1", "https://e.org/2"])
        #expect(document.entries.map { $0.date?.iso8601 } == ["2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"])
    }

    @Test("Atom with typed titles, the alternate link and both dates")
    func atom() throws {
        let document = try parse(
            """
            <?xml version="1.0" encoding="UTF-8"?><!-- hello --><feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>
            <entry><title type="xhtml"><div>Ether <i>falls</i></div></title><link rel="self" href="https://no"/>
            <link rel="alternate" href="https://e.org/a?x=1&amp;y=2"/><id>urn:1</id><updated>2026-11-20T12:00:00Z</updated>
            <published>2026-11-20T09:00:00.250Z</published><author><name>N</name></author></entry></feed>
            """)
        let entry = try #require(document.entries.first)
        #expect(entry.title == "Ether falls")
        #expect(entry.link == "https://e.org/a?x=1&y=2")
        #expect(entry.date?.iso8601 == "2026-11-20T09:00:00.250Z")
    }

    @Test("RSS 1.0 keeps its items outside the channel")
    func rdf() throws {
        let document = try parse(
            """
            <rdf:RDF xmlns:rdf="r"><channel><title>C</title><items/></channel>
            <item rdf:about="https://e.org/1"><title>One</title><link>https://e.org/1</link><dc:date>2026-11-20T09:00:00Z</dc:date></item></rdf:RDF>
            """)
        #expect(document.entries.map(\.identifier) == ["https://e.org/1"])
    }

    @Test(
        "a document type is refused, so entities cannot expand or reach out",
        arguments: [
            "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></rss>",
            "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss>&x;</rss>",
            "<!DOCTYPE rss SYSTEM \"http://e.org/rss.dtd\"><rss></rss>",
            "<rss><!ELEMENT a></rss>"
        ])
    func doctype(_ text: String) { #expect(xmlFault(text) == .doctype) }

    @Test(
        "broken and cut documents are refused whole",
        arguments: [
            ("<rss><channel></rss>", XMLFault.Kind.mismatched), ("<rss><channel>", .truncated), ("<rss", .truncated), ("", .truncated),
            ("text", .syntax), ("<rss/>more", .syntax), ("<rss/><rss/>", .syntax), ("<rss a=1/>", .syntax), ("<rss a=\"1\" a=\"2\"/>", .syntax),
            ("<rss a=\"<\"/>", .syntax), ("<rss><![CDATA[x</rss>", .truncated), ("<rss><!-- x</rss>", .truncated), ("<rss>< item/></rss>", .syntax)
        ])
    func broken(_ text: String, _ kind: XMLFault.Kind) { #expect(xmlFault(text) == kind) }

    @Test("depth, attributes and names are bounded")
    func bounds() {
        #expect(xmlFault("<rss>" + String(repeating: "<a>", count: 10_000)) == .tooDeep)
        #expect(xmlFault("<rss " + (0..<100).map { "a\($0)=\"\"" }.joined(separator: " ") + "/>") == .tooMuch)
        #expect(xmlFault("<" + String(repeating: "r", count: 200) + "/>") == .tooMuch)
    }

    @Test("an error page is not a feed", arguments: ["<!doctype html><html></html>", "<HTML><body/></HTML>", "<opml/>", "<svg></svg>"])
    func notAFeed(_ text: String) { #expect(fault(Array(text.utf8)) == .notAFeed) }

    @Test("at most 200 items are kept")
    func itemCap() throws {
        let items = (0..<300).map { "<item><title>\($0)</title></item>" }.joined()
        #expect(try parse(Self.rss(items)).entries.count == 200)
    }

    @Test("encodings: UTF-8 with and without a mark, latin-1 and windows-1252 by the prolog, nothing else")
    func encodings() throws {
        func title(_ encoding: String, _ bytes: [UInt8], mark: [UInt8] = []) throws -> String {
            let head = "<?xml version='1.0' encoding='\(encoding)'?><rss><channel><item><title>"
            return try SyndicationParser.parse(mark + Array(head.utf8) + bytes + Array("</title></item></channel></rss>".utf8)).entries[0].title
        }
        #expect(try title("UTF-8", Array("Zürich €".utf8)) == "Zürich €")
        #expect(try title("utf-8", Array("Zürich".utf8), mark: [0xEF, 0xBB, 0xBF]) == "Zürich")
        #expect(try title("ISO-8859-1", [0x5A, 0xFC]) == "Zü")
        #expect(try title("windows-1252", [0x80, 0x93, 0x94]) == "€“”")
        #expect(throws: SyndicationParser.Fault.encoding) { try title("UTF-8", [0xFF]) }
        #expect(throws: SyndicationParser.Fault.encoding) { try title("Shift_JIS", [0x41]) }
        #expect(fault([0xFF, 0xFE, 0x3C, 0x00]) == .encoding)
    }

    @Test("no bytes crash the parser: mutations of a good feed end as a feed or an error (seeded)")
    func mutations() {
        let good = Array(
            Self.rss("<item a='1'><title>T &amp; &#x41; <![CDATA[<b>x</b>]]></title><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>").utf8)
        var generator = SplitMix64(seed: 42)
        for _ in 0..<3_000 {
            var bytes = good
            for _ in 0...(generator.next() % 4) {
                let at = Int(generator.next() % UInt64(bytes.count))
                switch generator.next() % 3 {
                case 0: bytes[at] = UInt8(truncatingIfNeeded: generator.next())
                case 1: bytes.remove(at: at)
                default: bytes.insert(contentsOf: bytes[at...].prefix(7), at: at)
                }
            }
            for entry in (try? SyndicationParser.parse(bytes))?.entries ?? [] { _ = PlainText.title(entry.title); _ = entry.date }
        }
    }
}
