// What a person typed and what a source said, before it is kept or shown: nothing in it turns round, hides or ends what follows.
import Kernel
import Testing

@Suite("Text from outside")
struct SafeTextTests {
    @Test(
        "a typed reason keeps its words and loses what shows nothing",
        arguments: [
            ("a look at the exchange", "a look at the exchange"), ("two\nlines\tand\u{7}a bell", "twolinesanda bell"),
            ("left\u{202E}right", "leftright"), ("zero\u{200B}width\u{FEFF}", "zerowidth"), ("one\u{2028}line", "oneline"), ("東 é 🚀", "東 é 🚀")
        ])
    func typed(_ text: String, _ kept: String) {
        #expect(SafeText.typed(text) == kept)
        #expect(SafeText.printable(text) == kept)
    }

    @Test("each text has its length, and a mark only where a person reads it")
    func bounded() {
        let long = String(repeating: "x", count: 3_000)
        #expect(SafeText.typed(long).count == 200 && SafeText.printable(long).count == 3_000)
        #expect(SafeText.short("abcdef", limit: 3) == "abc…" && SafeText.short("abc", limit: 3) == "abc" && SafeText.short("abc", limit: 0) == "…")
        #expect(SafeText.short("a\nb\u{202E}c") == "a b c" && SafeText.short("a\nb", hidden: "?") == "a?b")
        #expect(Echo.of(String(repeating: "x\u{202E}", count: 30)) == String(repeating: "x?", count: 20) + "…")
        #expect(SafeText.csvCell(long, limit: 500).count == 500 && SafeText.csvCell("=1+1", limit: 2) == "'=1")
        #expect(SafeText.headline("a\u{200B}bc", keepsInvisible: true, limit: 3) == "a\u{200B}b")
        #expect(SafeText.headline("a\u{200B}bc", keepsInvisible: false, limit: 3) == "abc")
        #expect(SafeText.ascii("  two   words é!", limit: 9) == "two words" && SafeText.ascii("a\u{1B}[1mé\nb", limit: 20) == "a [1m b")
    }

    /// Each place's rule on the same characters, between `a` and `b`; where they differ, they are meant to.
    struct Fate: Sendable {
        let character: Unicode.Scalar
        let line, terminal, short, typed, headline, cell, chat, page: String

        init(
            _ character: Unicode.Scalar, line: String, terminal: String, short: String, typed: String, headline: String, cell: String, chat: String,
            page: String
        ) {
            self.character = character
            (self.line, self.terminal, self.short, self.typed) = (line, terminal, short, typed)
            (self.headline, self.cell, self.chat, self.page) = (headline, cell, chat, page)
        }

        /// Stays everywhere.
        static func seen(_ character: Unicode.Scalar) -> Fate {
            let text = "a\(character)b"
            return Fate(character, line: text, terminal: text, short: text, typed: text, headline: text, cell: text, chat: text, page: text)
        }
        /// Has no width and separates nothing; a page of ours shows it, because only chosen text reaches it.
        static func unseen(_ character: Unicode.Scalar) -> Fate {
            Fate(
                character, line: "ab", terminal: "ab", short: "a b", typed: "ab", headline: "ab", cell: "a b", chat: "ab", page: "a\(character)b")
        }
        /// Printable by its kind, though nobody sees it.
        static func blank(_ character: Unicode.Scalar) -> Fate {
            let text = "a\(character)b"
            return Fate(character, line: "ab", terminal: "ab", short: text, typed: text, headline: text, cell: text, chat: "ab", page: text)
        }
    }

    @Test(
        "one table says what each place makes of a character",
        arguments: [
            .seen("x"), .seen(" "), .seen("é"), .seen("東"), .seen("🚀"), .seen("\u{301}"), .unseen("\u{202E}"), .unseen("\u{200B}"),
            .unseen("\u{FEFF}"), .unseen("\u{AD}"), .unseen("\u{E0041}"), .blank("\u{3164}"), .blank("\u{115F}"), .blank("\u{FE0F}"),
            .blank("\u{34F}"),
            Fate("\n", line: "a b", terminal: "a\nb", short: "a b", typed: "ab", headline: "a b", cell: "a b", chat: "a\nb", page: "a\u{FFFD}b"),
            Fate("\r", line: "a b", terminal: "ab", short: "a b", typed: "ab", headline: "a b", cell: "a b", chat: "ab", page: "a\u{FFFD}b"),
            Fate("\t", line: "a b", terminal: "a\tb", short: "a b", typed: "ab", headline: "a b", cell: "a b", chat: "a\tb", page: "a\u{FFFD}b"),
            Fate("\u{1B}", line: "ab", terminal: "ab", short: "a b", typed: "ab", headline: "a b", cell: "a b", chat: "ab", page: "a\u{FFFD}b"),
            Fate("\u{9B}", line: "ab", terminal: "ab", short: "a b", typed: "ab", headline: "a b", cell: "a b", chat: "ab", page: "a\u{FFFD}b"),
            Fate(
                "\u{2028}", line: "a b", terminal: "ab", short: "a b", typed: "ab", headline: "a b", cell: "a b", chat: "ab", page: "a\u{2028}b"),
            Fate(
                "\u{A0}", line: "a b", terminal: "a\u{A0}b", short: "a\u{A0}b", typed: "a\u{A0}b", headline: "a\u{A0}b", cell: "a\u{A0}b",
                chat: "a\u{A0}b", page: "a\u{A0}b"),
            Fate(
                "\u{E000}", line: "ab", terminal: "ab", short: "a b", typed: "ab", headline: "a b", cell: "a b", chat: "ab", page: "a\u{E000}b"),
            Fate("<", line: "a<b", terminal: "a<b", short: "a<b", typed: "a<b", headline: "a<b", cell: "a<b", chat: "a&lt;b", page: "a&lt;b"),
            Fate("\"", line: "a\"b", terminal: "a\"b", short: "a\"b", typed: "a\"b", headline: "a\"b", cell: "a\"b", chat: "a\"b", page: "a&quot;b")
        ] as [Fate])
    func fates(_ fate: Fate) {
        let text = "a\(fate.character)b"
        func same(_ found: String, _ expected: String) { #expect(Array(found.utf8) == Array(expected.utf8), "\(found.debugDescription)") }
        same(SafeText.line(text), fate.line)
        same(SafeText.terminal(text), fate.terminal)
        same(SafeText.short(text), fate.short)
        same(SafeText.typed(text), fate.typed)
        same(SafeText.headline(text, keepsInvisible: false, limit: 10), fate.headline)
        same(SafeText.csvCell(text, limit: 10), fate.cell)
        same(SafeText.chatHTML(text), fate.chat)
        same(SafeText.html(text), fate.page)
    }

    @Test(
        "a page's text can be neither markup nor the end of an attribute",
        arguments: [
            ("<b a='x' c=\"y\">&amp;", "&lt;b a=&#39;x&#39; c=&quot;y&quot;&gt;&amp;amp;"), ("\u{FFFE}\u{FFFF}\u{0}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("", "")
        ])
    func page(_ text: String, _ expected: String) { #expect(SafeText.html(text) == expected) }

    @Test(
        "a cell is no formula, however it begins",
        arguments: [
            ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@A1", "'@A1"), ("\u{FF1D}1", "'\u{FF1D}1"), ("\u{3000}=1", "'\u{3000}=1"),
            ("\u{202E}=1", "' =1"),
            ("1=1", "1=1"), ("", "")
        ])
    func cell(_ text: String, _ expected: String) { #expect(SafeText.csvCell(text, limit: 500) == expected) }
}

@Suite("Characters")
struct VisibilityTests {
    private static let all = (UInt32(0)...0x10FFFF).compactMap { Unicode.Scalar($0) }

    @Test("space and control characters are Unicode's, for every character there is")
    func unicode() {
        #expect(Self.all.first { $0.isSpace != $0.properties.isWhitespace } == nil)
        #expect(Self.all.first { $0.isControl != ($0.properties.generalCategory == .control) } == nil)
    }

    @Test("what is visible is printable, and what is hidden is not visible but for the Braille blank")
    func nested() {
        #expect(Self.all.first { $0.isVisible && !$0.isPrintable } == nil)
        #expect(Self.all.filter { $0.isHidden && $0.isVisible }.map(\.value) == [0x2800])
        #expect(Self.all.filter { !$0.isHidden && !$0.isVisible }.map(\.value) == [0x17B4, 0x17B5])
    }

    @Test(
        "a styled letter or digit is its plain one",
        arguments: [
            ("Ｂ", "B"), ("ｚ", "z"), ("０", "0"), ("𝐁", "B"), ("𝔷", "z"), ("𝟗", "9"), ("Ⓐ", "A"), ("ⓩ", "z"), ("🅰", "A"), ("🅐", "A"), ("🄰", "A"),
            ("é", "é"),
            ("！", "！")
        ] as [(Unicode.Scalar, Unicode.Scalar)])
    func unstyled(_ styled: Unicode.Scalar, _ plain: Unicode.Scalar) { #expect(styled.unstyled == plain) }

    @Test("marks that lie across a letter are overlays, those above it are not")
    func overlays() {
        #expect(Unicode.Scalar("\u{337}").isOverlay && Unicode.Scalar("\u{20DD}").isOverlay)
        #expect(!Unicode.Scalar("\u{301}").isOverlay && Unicode.Scalar("\u{301}").isMark && !Unicode.Scalar("e").isMark)
    }
}
