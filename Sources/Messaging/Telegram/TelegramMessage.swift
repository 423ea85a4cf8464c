// The body of one sendMessage call, fitted to Telegram's limit.
import Domain
import StrictJSON

struct TelegramMessage {
    enum Form { case html, plain }
    let chat: Int64
    let text: MessageText
    let form: Form

    /// JSON in UTF-8: no link previews, and `parse_mode` only where the text has markup.
    var json: [UInt8] {
        let preview: JSONValue = ["is_disabled": true]
        let body: JSONValue = switch form {
        case .html:
            ["chat_id": .integer(chat), "text": .string(TelegramText.fit(html: text.html)), "parse_mode": "HTML", "link_preview_options": preview]
        case .plain:
            ["chat_id": .integer(chat), "text": .string(TelegramText.fit(plain: text.plain)), "link_preview_options": preview]
        }
        return Array(body.compact.utf8)
    }
}
