// What reaches a chat: escaped, harmless, and short enough by Telegram's own counting.
import Events
import Kernel
import Testing

@testable import Messaging

@Suite("SafeText and HTML")
struct SafeTextTests {
    @Test(
        "untrusted text becomes one harmless line",
        arguments: [
            ("plain words", "plain words"), ("a\nb\tc\r\n d", "a b c d"), ("  padded  ", "padded"), ("", ""),
            ("\u{1B}[31mred\u{7}", "[31mred"), ("pay \u{202E}lla\u{202C}", "pay lla"), ("zero\u{200B}width\u{FEFF}", "zerowidth"),
            ("line\u{2028}two", "line two"), ("tag\u{E0041}s", "tags"), ("soft\u{AD}hyphen", "softhyphen"), ("nb\u{A0}sp", "nb sp"),
            ("Straße 東京 🚀 é", "Straße 東京 🚀 é"), ("\u{0}\u{85}x\u{9B}", "x"), ("filler\u{3164}\u{115F}", "filler")
        ])
    func lines(_ text: String, _ expected: String) { #expect(SafeText.line(text) == expected) }

    @Test("long text ends in an ellipsis at its limit")
    func limits() {
        #expect(SafeText.line(String(repeating: "a", count: 700)).count == 600)
        #expect(SafeText.line("abcdef", limit: 4) == "abc…")
        #expect(SafeText.line("abcd", limit: 4) == "abcd")
        #expect(SafeText.line("abcd", limit: 0) == "")
        #expect(SafeText.line("e" + String(repeating: "\u{301}", count: 1_000_000), limit: 10).unicodeScalars.count <= 80)
    }

    @Test(
        "no dynamic text can open a tag",
        arguments: [
            ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"), ("a & b", "a &amp; b"), ("&lt;", "&amp;lt;"), ("\u{202E}<", "&lt;"), ("two\nlines", "two\nlines")
        ])
    func escaping(_ text: String, _ expected: String) {
        #expect(SafeText.chatHTML(text) == expected)
        #expect(HTML.bold(text) == "<b>\(expected)</b>")
    }

    @Test("both forms of a message come from the same words, and the number is in the first line of both")
    func composed() {
        let message = MessageText.lines([.bold("A<B") + .text(" · paper"), .code("x"), .preformatted("y") + .italic("z")]).numbered(17)
        #expect(message.html == "<b>A&lt;B</b> · paper · #17\n<code>x</code>\n<pre>y</pre><i>z</i>")
        #expect(message.plain == "A<B · paper · #17\nx\nyz")
    }
}

@Suite("TelegramText")
struct TelegramTextTests {
    @Test(
        "length counts UTF-16 units after tags and entities",
        arguments: [
            ("abc", 3), ("<b>abc</b>", 3), ("&lt;&amp;&gt;&quot;", 4), ("🚀", 2), ("é", 1), ("e\u{301}", 2), ("<u>x</u>", 8), ("&nope;", 6),
            ("a < b", 5), ("👨‍👩‍👧", 8)
        ])
    func length(_ html: String, _ units: Int) { #expect(TelegramText.length(html: html) == units) }

    @Test(
        "cuts fall at line ends, tags are closed, an ellipsis line follows",
        arguments: [
            ("one\ntwo\nthree", 13, "one\ntwo\nthree"), ("one\ntwo\nthree", 12, "one\ntwo\n…"), ("one\ntwo\nthree", 9, "one\ntwo\n…"),
            ("one\ntwo\nthree", 8, "one\n…"),
            ("<pre>one\ntwo\nthree</pre>", 10, "<pre>one\ntwo</pre>\n…"), ("<b>one</b>\ntwo\nthree", 10, "<b>one</b>\ntwo\n…"),
            ("<b>a\n<i>b\nccccccc</i></b>", 7, "<b>a\n<i>b</i></b>\n…"), ("abcdefghij", 6, "abcd…"), ("<b>abcdefghij</b>", 6, "<b>abcd</b>…"),
            ("&amp;&amp;&amp;&amp;", 3, "&amp;…"), ("🚀🚀🚀", 5, "🚀…"), ("🚀🚀🚀", 4, "🚀…"), ("a👨‍👩‍👧", 6, "a…"), ("ae\u{301}\u{301}\u{301}x", 5, "a…"),
            ("🇩🇪🇫🇷🇮🇹", 11, "🇩🇪🇫🇷…"), ("abc", 2, "…"), ("abc", 0, "")
        ])
    func fits(_ html: String, _ limit: Int, _ expected: String) { #expect(TelegramText.fit(html: html, limit: limit) == expected) }

    @Test("plain text with angle brackets is counted as it stands")
    func plain() {
        #expect(TelegramText.fit(plain: "<b>abc</b>", limit: 9) == "<b>abc<…")
        #expect(TelegramText.fit(plain: "a\n&amp;\nb", limit: 5) == "a\n…")
    }

    @Test("over seeds: what was cut fits, is well formed, and begins as the whole did")
    func property() {
        let pieces = ["word ", "\n", "<b>", "</b>", "<pre>", "</pre>", "&amp;", "&lt;", "🚀", "👩🏽‍🚀", "e\u{301}", "東", "<i>", "</i>", "12.5 % "]
        var chance = SplitMix64(seed: 11)
        for _ in 0..<2_000 {
            var html = "", open: [String] = []
            for _ in 0..<60 {
                let piece = pieces[chance.below(pieces.count)]
                if piece.hasPrefix("</") {
                    guard open.last == String(piece.dropFirst(2).dropLast()) else { continue }
                    open.removeLast()
                } else if piece.hasPrefix("<") {
                    open.append(String(piece.dropFirst().dropLast()))
                }
                html += piece
            }
            html += open.reversed().map { "</\($0)>" }.joined()
            let limit = chance.below(120) + 3
            let cut = TelegramText.fit(html: html, limit: limit)
            #expect(TelegramText.length(html: cut) <= limit)
            #expect(isWellFormed(cut))
            if cut != html { #expect(cut.hasSuffix("…")) }
        }
    }

    private func isWellFormed(_ html: String) -> Bool {
        var open: [Substring] = []
        for part in html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1) {
            guard let end = part.firstIndex(of: ">") else { return false }
            let name = part[..<end]
            if name.hasPrefix("/") {
                guard open.popLast() == name.dropFirst() else { return false }
            } else {
                open.append(name)
            }
        }
        return open.isEmpty && !html.contains("\u{FFFD}")
    }
}
