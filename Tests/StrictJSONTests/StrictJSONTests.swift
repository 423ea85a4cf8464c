// One text, one meaning: what is ambiguous is refused, what is taken is exact, and what is written can be hashed.
import Kernel
import StrictJSON
import Testing

func parseError(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> JSONError? {
    do throws(JSONError) {
        _ = try JSONValue(parsing: bytes, limits: limits)
        return nil
    } catch { return error }
}

@Suite("StrictJSON")
struct StrictJSONTests {
    @Test(
        "every kind of value is read",
        arguments: [
            ("null", JSONValue.null), ("true", true), (" false ", false), ("-7", -7), ("9223372036854775807", 9_223_372_036_854_775_807),
            ("1.5", .real(1.5)), ("1e3", .real(1_000)), ("-0.0", .real(0)), ("\"\"", ""), (#""aé\n😀é/""#, "aé\n😀é/"), ("[]", []), ("{}", [:]),
            (#"{"b":1,"a":[2,{"c":null}]}"#, ["b": 1, "a": [2, ["c": nil]]])
        ] as [(String, JSONValue)])
    func values(_ text: String, _ expected: JSONValue) throws { #expect(try JSONValue(parsing: text) == expected) }

    @Test(
        "what could mean two things, or nothing, is refused",
        arguments: [
            #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, "", " ", "{", "[1,]", "{\"a\":1,}", "[1 2]", "{} {}", "nul", "NaN", "Infinity", "-", "01",
            "+1", ".5", "1.", "1e400",
            "9223372036854775808", "'a'", "{a:1}", "\"\\x\"", "\"\u{1}\"", "\"\\u0000\"", "{\"\\u0000\":1}", "\"\\ud800\"", "\"\\udc00\\ud800\"",
            "// c\n1", "\u{feff}1", "\"a"
        ])
    func refused(_ text: String) { #expect(parseError(Array(text.utf8)) != nil) }

    @Test(
        "invalid UTF-8 and NUL bytes are refused",
        arguments: [
            [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x00, 0x22],
            [0x31, 0x00], [0x31, 0x00, 0x7b, 0x7b], [0x00]
        ] as [[UInt8]])
    func badBytes(_ bytes: [UInt8]) { #expect(parseError(bytes) != nil) }

    @Test("an error says where, and never quotes the text")
    func positions() {
        #expect(parseError(Array("{\n  \"a\": 1,\n  \"a\": 2\n}".utf8)) == .duplicateName(line: 3, column: 5))
        guard case .syntax(let line, _, let message) = parseError(Array("{\n\"CANARY\": CANARY}".utf8)) else {
            Issue.record("expected syntax"); return
        }
        #expect(line == 2 && !message.contains("CANARY"))
    }

    @Test("size and depth have ends, exactly there")
    func limits() throws {
        #expect(parseError(Array("[1]".utf8), limits: JSONLimits(bytes: 3)) == nil)
        #expect(parseError(Array("[1] ".utf8), limits: JSONLimits(bytes: 3)) == .tooLarge(limit: 3))
        func nested(_ depth: Int) -> [UInt8] { Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8) }
        #expect(parseError(nested(64)) == nil)
        #expect(parseError(nested(65)) == .tooDeep(limit: 64))
        #expect(parseError([UInt8](repeating: UInt8(ascii: "["), count: 1 << 20)) == .tooDeep(limit: 64))
        #expect(parseError(Array(("\"" + String(repeating: "[{", count: 500) + "\\\"[[\"").utf8)) == nil)
    }

    @Test(
        "numbers become decimals without a detour",
        arguments: [
            ("12345678901234567", "12345678901234567"), ("0.1", "0.1"), ("8.2e-1", "0.82"), ("1e-7", "0.0000001"), ("50000000.5", "50000000.5"),
            ("\"0.100000000000\"", "0.1"), ("\"123456789012.000000000001\"", "123456789012.000000000001")
        ])
    func decimals(_ text: String, _ expected: String) throws { #expect(try JSONValue(parsing: text).node.decimal.description == expected) }

    @Test("a number given as text is read like one that was parsed")
    func numberText() throws {
        #expect(try JSONValue.number("0.10").node.decimal == "0.1" && JSONValue.number("0.10").node.double == 0.1)
        #expect(JSONField(.number("63254.10")).number == "63254.1" && JSONField(.number("63254.10")).decimal == nil)
        #expect(throws: JSONError.wrongType(path: "(root)", expected: "an integer", found: "a number")) { try JSONValue.number("1").node.int }
    }

    @Test("reading names the path of what is wrong")
    func paths() throws {
        let root = try JSONValue(parsing: #"{"a":[{"b":"x","n":null,"t":true,"i":3,"d":1.5,"s":"1e400"}]}"#)
        let item = root["a"][0]
        #expect(try item["b"].string == "x" && item["t"].bool && item["i"].int == 3 && item["d"].double == 1.5)
        #expect(try item["n"].optional?.string == nil && item["zz"].optional == nil && item["b"].optional?.string == "x")
        #expect(throws: JSONError.missing(path: "a[0].zz.y")) { try item["zz"]["y"].string }
        #expect(throws: JSONError.missing(path: "a[7]")) { try root["a"][7].value }
        #expect(throws: JSONError.wrongType(path: "a[0].b", expected: "an integer", found: "a string")) { try item["b"].int }
        #expect(throws: JSONError.wrongType(path: "a[0].n", expected: "a string", found: "null")) { try item["n"].string }
        #expect(throws: JSONError.wrongType(path: "(root)", expected: "an array", found: "an object")) { try root.node.array }
        #expect(throws: JSONError.outOfRange(path: "a[0].s", expected: "a finite number")) { try item["s"].double }
        #expect(throws: JSONError.outOfRange(path: "a[0].b", expected: "a decimal number of at most 12 places")) { try item["b"].decimal }
        #expect(try root.node.members.map(\.name) == ["a"] && root["a"].array.map(\.path) == ["a[0]"])
    }

    @Test("names are compared by bytes, not by look")
    func byteNames() throws {
        let value = try JSONValue(parsing: "{\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(try value["\u{e9}"].int == 1 && value["e\u{301}"].int == 2)
    }

    @Test(
        "the canonical form sorts, escapes and shortens",
        arguments: [
            (#"{ "b" : 1, "a" : [ 1.50, 1e2, -0.0, "x" ], "B" : null, "é" : true }"#, #"{"B":null,"a":[1.5,100.0,0.0,"x"],"b":1,"é":true}"#),
            (#""\u0001\b\t\n\f\r\"\\\/\u001f\u007f""#, "\"\\u0001\\b\\t\\n\\f\\r\\\"\\\\/\\u001f\u{7f}\""), ("1e-7", "1e-07"), ("1e22", "1e+22")
        ])
    func canonical(_ text: String, _ expected: String) throws { #expect(try JSONValue(parsing: text).canonical == expected) }

    @Test("a value written and read again is the same, 2,000 random ones", arguments: [UInt64(1), 2, 3, 4])
    func roundTrip(_ seed: UInt64) throws {
        var source = RandomJSON(seed: seed)
        for _ in 0..<500 {
            let value = source.value(depth: 4)
            let back = try JSONValue(parsing: value.compact)
            #expect(back == value)
            #expect(back.canonical == value.canonical)
            for style in [JSONStyle.canonical, .line, .console, .prompt] {
                #expect(try JSONValue(parsing: value.written(style)).canonical == value.canonical)
            }
        }
    }

    @Test("no prefix or flipped byte of a text stops the parser")
    func noCrash() {
        let text = Array(#"{"a":[1,2.5e3,"é\u00e9\\"],"b":{"c":null,"d":[true,false]}}"#.utf8)
        for end in 0..<text.count { #expect(parseError(Array(text[..<end])) != nil) }
        for index in text.indices {
            for bit in 0..<8 {
                var bytes = text
                bytes[index] ^= 1 << bit
                _ = parseError(bytes)
            }
        }
    }
}

/// Random values, the same ones for the same seed.
struct RandomJSON {
    private var chance: SplitMix64
    init(seed: UInt64) { chance = SplitMix64(seed: seed) }
    private mutating func next(_ bound: UInt64) -> UInt64 { chance.next() % bound }
    mutating func text() -> String {
        let alphabet = Array("ab\"\\/\u{1}\n\u{7f}é😀\u{2028}{[ ]},:".unicodeScalars)
        return String(String.UnicodeScalarView((0..<next(8)).map { _ in alphabet[Int(next(UInt64(alphabet.count)))] }))
    }
    mutating func value(depth: Int) -> JSONValue {
        switch next(depth > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .bool(next(2) == 0)
        case 2: return .integer(Int64(bitPattern: (next(1 << 31) << 33) ^ (next(1 << 31) << 2)))
        case 3: return .real((Double(next(1 << 30)) - 5e8) / [1, 3, 1e7, 1e-9][Int(next(4))] + 0.5)
        case 4: return .string(text())
        case 5: return .array((0..<next(4)).map { _ in value(depth: depth - 1) })
        default: return .object((0..<next(4)).map { JSONMember(name: "\($0)" + text(), value: value(depth: depth - 1)) })
        }
    }
}
