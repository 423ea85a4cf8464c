// The body of one sendMessage call, fitted to Telegram's limit.
import Events
import Kernel

struct TelegramMessage {
    enum Form { case html, plain }
    let chat: Int64
    let text: MessageText
    let form: Form
    let isSilent: Bool

    /// JSON in UTF-8: no link previews, `parse_mode` only if the text has markup, and no sound if none is wanted.
    var json: [UInt8] {
        let preview: JSONValue = ["is_disabled": true]
        var body: [(String, JSONValue)] = [("chat_id", .integer(chat))]
        switch form {
        case .html: body += [("text", .string(TelegramText.fit(html: text.html))), ("parse_mode", "HTML")]
        case .plain: body += [("text", .string(TelegramText.fit(plain: text.plain)))]
        }
        body.append(("link_preview_options", preview))
        if isSilent { body.append(("disable_notification", true)) }
        return Array(JSONValue.fields(body).compact.utf8)
    }
}
