// What is wrong and lasts: it stands from its beginning to its end, once for each subject.
import Foundation
import Kernel
import Testing

@testable import Events

@Suite("Troubles in the book")
struct TroubleTests {
    @Test("a trouble stands from its beginning to its end, and a second beginning changes neither moment nor reason")
    func standing() {
        var story = Story("1000")
        story.tell(.troubleBegan(TroubleBegan(kind: .blind, subject: "AAA/USDT", why: "timeout")))
        let began = story.time
        story.time = story.time + .minutes(5)
        story.tell(.troubleBegan(TroubleBegan(kind: .blind, subject: "AAA/USDT", why: "another")))
        #expect(story.book.troubles == [Trouble(.blind, "AAA/USDT", since: began, why: "timeout")])
        story.tell(.troubleEnded(TroubleEnded(kind: .blind, subject: "AAA/USDT", how: "")))
        #expect(story.book.troubles.isEmpty)
    }

    @Test("what is suspected is said by a second beginning and keeps its first moment; a book that never suspected reads as before")
    func suspected() throws {
        var story = Story("1000")
        story.tell(.troubleBegan(TroubleBegan(kind: .blind, subject: "AAA/USDT", why: "timeout", isSuspected: true)))
        let began = story.time
        #expect(story.book.troubles.map(\.isTold) == [false])
        story.time = story.time + .minutes(1)
        story.tell(.troubleBegan(TroubleBegan(kind: .blind, subject: "AAA/USDT", why: "timeout")))
        #expect(story.book.troubles == [Trouble(.blind, "AAA/USDT", since: began, why: "timeout")])
        let old = #"{"kind":"blind","subject":"AAA/USDT","why":"timeout"}"#
        #expect(try JSONDecoder().decode(TroubleBegan.self, from: Data(old.utf8)).isSuspected == nil)
        #expect(!String(decoding: try JSONEncoder().encode(story.book.troubles), as: UTF8.self).contains("isSuspected"))
    }

    @Test("the most urgent kind stands first, then by subject; an end that nothing began changes nothing")
    func order() {
        var story = Story("1000")
        for (kind, subject) in [(TroubleKind.notBuying, ""), (.clock, ""), (.blind, "BBB/USDT"), (.blind, "AAA/USDT")] {
            story.tell(.troubleBegan(TroubleBegan(kind: kind, subject: subject, why: "test")))
        }
        story.tell(.troubleEnded(TroubleEnded(kind: .unsellable, subject: "CCC/USDT", how: "")))
        #expect(story.book.troubles.map(\.key) == ["blind:AAA/USDT", "blind:BBB/USDT", "clock:", "notBuying:"])
        #expect(story.book.trouble(.blind, "BBB/USDT") != nil && story.book.trouble(.blind) == nil)
    }

    @Test("a book without troubles is written as before there were any, and a book of before is read")
    func olderBooks() throws {
        var story = Story("1000")
        let text = String(decoding: try JSONEncoder().encode(story.book), as: UTF8.self)
        #expect(!text.contains("standing"))
        story.tell(.troubleBegan(TroubleBegan(kind: .clock, subject: "", why: "test")))
        story.tell(.troubleEnded(TroubleEnded(kind: .clock, subject: "", how: "")))
        let again = try JSONDecoder().decode(Book.self, from: Data(text.utf8))
        #expect(again == story.book)
    }
}
