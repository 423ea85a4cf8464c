// Words for the values that a message tells a person: one file a message. The console shows the same words
// that a chat shows.
public import Events
import Kernel

public struct MessageRenderer: Sendable {
    let zone: DisplayZone
    public init(zone: DisplayZone) { self.zone = zone }

    public func text(of message: Message) -> MessageText {
        let text = words(of: message)
        return MessageText(html: Format.unbroken(text.html), plain: text.plain)
    }

    private func words(of message: Message) -> MessageText {
        switch message {
        case .summary(let report): summary(report)
        case .entry(let notice): entry(notice)
        case .exit(let notice): exit(notice)
        case .breaker(let notice): breaker(notice)
        case .troubleBegan(let trouble): began(trouble)
        case .troubleEnded(let trouble, let how, let time): ended(trouble, how: how, at: time)
        case .critical(let cause):
            .lines([
                .bold("■ Needs you: \(SafeText.line(cause.words))"), .text("No new entries until: carillon breaker reset critical --reason \"…\"")
            ])
        case .worded(_, let text): text
        case .notice(let notice): .text("· \(SafeText.line(notice.words))")
        }
    }
}
