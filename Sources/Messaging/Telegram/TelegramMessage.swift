// The body of one sendMessage call, fitted to Telegram's limit.
import Domain

struct TelegramMessage {
    enum Form { case html, plain }
    let chat: Int64
    let text: MessageText
    let form: Form

    /// JSON in UTF-8: no link previews, and `parse_mode` only where the text has markup.
    var json: [UInt8] {
        let fitted = form == .html ? TelegramText.fit(html: text.html) : TelegramText.fit(plain: text.plain)
        let mode = form == .html ? #","parse_mode":"HTML""# : ""
        return Array(#"{"chat_id":\#(chat),"text":\#(Self.quoted(fitted))\#(mode),"link_preview_options":{"is_disabled":true}}"#.utf8)
    }

    /// A JSON string (RFC 8259, section 7).
    static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case _ where scalar.value < 32:
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
