// The little HTML that chat channels take: four tags. Everything dynamic goes through here, and is escaped by SafeText, so no
// name, headline or model's reason can open a tag.
public import Events
import Kernel

public enum HTML {
    public static func bold(_ text: String) -> String { "<b>" + SafeText.chatHTML(text) + "</b>" }
    public static func italic(_ text: String) -> String { "<i>" + SafeText.chatHTML(text) + "</i>" }
    public static func code(_ text: String) -> String { "<code>" + SafeText.chatHTML(text) + "</code>" }
    public static func preformatted(_ text: String) -> String { "<pre>" + SafeText.chatHTML(text) + "</pre>" }
}

// A message put together from pieces has both its forms from the same words.
extension MessageText {
    public static func text(_ words: String) -> MessageText { MessageText(html: SafeText.chatHTML(words), plain: SafeText.terminal(words)) }
    public static func bold(_ words: String) -> MessageText { MessageText(html: HTML.bold(words), plain: SafeText.terminal(words)) }
    public static func italic(_ words: String) -> MessageText { MessageText(html: HTML.italic(words), plain: SafeText.terminal(words)) }
    public static func code(_ words: String) -> MessageText { MessageText(html: HTML.code(words), plain: SafeText.terminal(words)) }
    public static func preformatted(_ words: String) -> MessageText {
        MessageText(html: HTML.preformatted(words), plain: SafeText.terminal(words))
    }

    public static func + (a: MessageText, b: MessageText) -> MessageText {
        MessageText(html: a.html + b.html, plain: a.plain + b.plain)
    }

    /// One piece a line.
    public static func lines(_ lines: [MessageText]) -> MessageText {
        MessageText(html: lines.map(\.html).joined(separator: "\n"), plain: lines.map(\.plain).joined(separator: "\n"))
    }

    /// The same message with `· #17` at the end of its first line, where no cut can take it away.
    public func numbered(_ number: Int64) -> MessageText {
        func tagged(_ text: String) -> String {
            let end = text.firstIndex(of: "\n") ?? text.endIndex
            return text[..<end] + " · #\(number)" + text[end...]
        }
        return MessageText(html: tagged(html), plain: tagged(plain))
    }
}
