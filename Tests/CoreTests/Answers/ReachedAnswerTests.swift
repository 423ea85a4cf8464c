// The answer to the smallest question there is: read like any other, and only an object that says `ok` is one.
import Testing

@testable import Analysis

@Suite("Answers to whether a model can be reached")
struct ReachedAnswerTests {
    @Test(
        "the form that was asked for is taken, clumsily written too",
        arguments: [
            (#"{"ok": true}"#, []), (#"{"ok": false}"#, []), ("Sure:\n```json\n{\"ok\": true}\n```", [.fence, .prose]),
            ("<think>is it?</think>{\"ok\":true}", [.thoughts]), ("{'ok': True}", [.singleQuotes, .pythonLiteral])
        ] as [(String, [AnswerRepair])])
    func taken(_ text: String, _ repairs: [AnswerRepair]) { #expect(AnswerParser.reached(text) == .success(repairs)) }

    @Test(
        "anything else is refused",
        arguments: [
            ("I cannot help with that.", .nothingFound), ("", .nothingFound), ("{}", .nothingFound), (#"{"ok": "yes"}"#, .nothingFound),
            ("true", .nothingFound),
            (#"{"ok": true} or {"ok": false}"#, .conflictingObjects), (#"{"ok": tr"#, .truncated), ("<think>is it?", .unfinishedThought)
        ] as [(String, AnswerRejection.Code)])
    func refused(_ text: String, _ code: AnswerRejection.Code) { #expect(AnswerParser.reached(text) == .failure(AnswerRejection(code))) }
}
