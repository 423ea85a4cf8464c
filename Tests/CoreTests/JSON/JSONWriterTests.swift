// One writer, five styles: what each escapes, how numbers look, and in which order names come.
import Kernel
import Testing

@Suite("JSON: writing")
struct JSONWriterTests {
    @Test(
        "a style escapes what its reader must not meet, quotes and backslashes always",
        arguments: [
            ("a\"b\\c", #"a\"b\\c"#, #"a\"b\\c"#, #"a\"b\\c"#, #"a\"b\\c"#),
            ("\n\r\t", #"\n\r\t"#, #"\n\r\t"#, #"\n\r\t"#, #"\u000a\u000d\u0009"#),
            ("\u{8}\u{C}", #"\b\f"#, #"\u0008\u000c"#, #"\u0008\u000c"#, #"\u0008\u000c"#),
            ("\u{0}\u{1F}", #"\u0000\u001f"#, #"\u0000\u001f"#, #"\u0000\u001f"#, #"\u0000\u001f"#),
            ("\u{7F}\u{85}", "\u{7F}\u{85}", #"\u007f\u0085"#, #"\u007f\u0085"#, #"\u007f\u0085"#),
            ("\u{2028}\u{2029}", "\u{2028}\u{2029}", #"\u2028\u2029"#, #"\u2028\u2029"#, #"\u2028\u2029"#),
            ("\u{202E}\u{200B}", "\u{202E}\u{200B}", "\u{202E}\u{200B}", #"\u202e\u200b"#, #"\u202e\u200b"#),
            ("\u{E0041}", "\u{E0041}", "\u{E0041}", #"\udb40\udc41"#, #"\udb40\udc41"#),
            ("\u{3164}\u{FE0F}", "\u{3164}\u{FE0F}", "\u{3164}\u{FE0F}", #"\u3164\ufe0f"#, "\u{3164}\u{FE0F}"),
            ("<>&{}`", "<>&{}`", "<>&{}`", "<>&{}`", #"\u003c\u003e\u0026\u007b\u007d\u0060"#),
            ("é東🚀 /", "é東🚀 /", "é東🚀 /", "é東🚀 /", "é東🚀 /"), ("", "", "", "", "")
        ])
    func escapes(_ text: String, _ compact: String, _ line: String, _ console: String, _ prompt: String) {
        let value = JSONValue.string(text)
        #expect(value.compact == "\"\(compact)\"" && value.canonical == value.compact)
        #expect(value.written(.line) == "\"\(line)\"")
        #expect(value.written(.console) == "\"\(console)\"" && value.description == value.written(.console))
        #expect(value.written(.prompt) == "\"\(prompt)\"")
        #expect(JSONValue.fields([(text, nil)]).written(.prompt) == "{\"\(prompt)\":null}", "a name is a text like any other")
    }

    @Test("what is escaped between other characters leaves them whole")
    func runs() {
        #expect(JSONValue.string("a\u{202E}é\n🚀\"東\u{200B}").written(.console) == #""a\u202eé\n🚀\"東\u200b""#)
        let value: JSONValue = ["name": .string(String(repeating: "long ", count: 1_000))]
        #expect(value.compact.utf8.count == 5_011)
    }

    @Test(
        "a number is exact: an integer in digits, a Double at its shortest, a text as it is",
        arguments: [
            (0, "0"), (-7, "-7"), (.integer(.max), "9223372036854775807"), (.integer(.min), "-9223372036854775808"), (.real(1.5), "1.5"),
            (.real(100), "100.0"), (.real(-0.0), "0.0"), (.real(1e-7), "1e-07"), (.real(1e22), "1e+22"), (.real(0.1), "0.1"),
            (.number("0.100"), "0.100"), (.decimal("12345678901234567.000000000001"), "12345678901234567.000000000001"), (.decimal(nil), "null")
        ] as [(JSONValue, String)])
    func numbers(_ value: JSONValue, _ text: String) {
        #expect(value.canonical == text)
        for style in [JSONStyle.compact, .line, .console, .prompt] { #expect(value.written(style) == text) }
    }

    @Test("only the canonical form sorts, by bytes and at every depth; the others keep the order of the value")
    func order() {
        let value: JSONValue = ["b": ["é": 1, "z": 2, "B": 3], "a": [["d": 4, "c": 5]], "": 6]
        #expect(value.canonical == #"{"":6,"a":[{"c":5,"d":4}],"b":{"B":3,"z":2,"é":1}}"#)
        for style in [JSONStyle.compact, .line, .console] {
            #expect(value.written(style) == #"{"b":{"é":1,"z":2,"B":3},"a":[{"d":4,"c":5}],"":6}"#)
        }
    }

    @Test(
        "in a prompt a table has one element a line, and nothing else has a line end",
        arguments: [
            ([], "[]"), (["a", 1, nil], #"["a",1,null]"#), ([[1, 2], [3, 4]], "[\n[1,2],\n[3,4]\n]"), ([["a": 1]], "[\n{\"a\":1}\n]"),
            ([[]], "[\n[]\n]"),
            (["columns": ["x", "y"], "rows": [["1", 2]]], "{\"columns\":[\"x\",\"y\"],\"rows\":[\n[\"1\",2]\n]}"), ([:], "{}")
        ] as [(JSONValue, String)])
    func tables(_ value: JSONValue, _ text: String) {
        #expect(value.written(.prompt) == text)
        #expect(value.written(.console) == String(text.filter { $0 != "\n" }))
    }

    @Test("facts of a command: absent texts and decimals are null, flags and lists are JSON's, fields keep their order")
    func facts() {
        let text = JSONValue.console([
            ("b", .text("x\u{1B}[31m")), ("a", .text(nil)), ("on", .flag(true)), ("off", .flag(false)), ("count", .number("12")),
            ("list", .list([.decimal("0.50"), .fields([("deep", .list([]))])]))
        ])
        #expect(text == #"{"b":"x\u001b[31m","a":null,"on":true,"off":false,"count":12,"list":[0.5,{"deep":[]}]}"#)
        #expect("\(JSONValue.text("é\u{200B}"))" == #""é\u200b""#)
    }
}
