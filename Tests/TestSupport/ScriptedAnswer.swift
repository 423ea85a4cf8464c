// One scripted answer of the loopback server: bytes, pauses and an end, in order.
import CZlib
import Glibc

public struct ScriptedAnswer: Sendable {
    enum Step: Sendable {
        case bytes([UInt8])
        /// The same chunk again and again, until the client goes away or the count is reached.
        case flood(chunk: [UInt8], count: Int, pauseMilliseconds: UInt32)
        /// Nothing more until the client goes away or the server stops.
        case hang
        /// Closes the connection.
        case close
    }
    let steps: [Step]

    /// A complete answer with a content length.
    public init(status: Int = 200, headers: [(String, String)] = [], body: [UInt8]) {
        steps = [.bytes(Self.head(status, headers, length: body.count) + body)]
    }

    private init(steps: [Step]) { self.steps = steps }

    public static func json(_ text: String, status: Int = 200, headers: [(String, String)] = []) -> ScriptedAnswer {
        ScriptedAnswer(status: status, headers: [("Content-Type", "application/json")] + headers, body: Array(text.utf8))
    }

    public static func html(_ text: String, status: Int = 200) -> ScriptedAnswer {
        ScriptedAnswer(status: status, headers: [("Content-Type", "text/html; charset=utf-8")], body: Array(text.utf8))
    }

    /// Bytes as they are, then the connection closes.
    public static func raw(_ text: String) -> ScriptedAnswer { ScriptedAnswer(steps: [.bytes(Array(text.utf8)), .close]) }

    /// Announces all of `body` and closes after `count` bytes of it.
    public static func truncated(_ body: String, after count: Int, status: Int = 200) -> ScriptedAnswer {
        let bytes = Array(body.utf8)
        let head = head(status, [("Content-Type", "application/json")], length: bytes.count)
        return ScriptedAnswer(steps: [.bytes(head + bytes.prefix(count)), .close])
    }

    /// `bytes` bytes of body, sent as fast as they are taken; announced unless told otherwise.
    public static func huge(bytes: Int, announced: Bool = true) -> ScriptedAnswer {
        let chunk = [UInt8](repeating: UInt8(ascii: " "), count: 65_536)
        let head = head(200, [("Content-Type", "application/json")], length: announced ? bytes : nil)
        return ScriptedAnswer(steps: [.bytes(head), .flood(chunk: chunk, count: bytes / chunk.count, pauseMilliseconds: 0), .close])
    }

    /// One byte of body every so often, for ever.
    public static func drip(everyMilliseconds pause: UInt32) -> ScriptedAnswer {
        let head = head(200, [("Content-Type", "application/json")], length: nil)
        return ScriptedAnswer(steps: [.bytes(head), .flood(chunk: [UInt8(ascii: " ")], count: .max, pauseMilliseconds: pause), .close])
    }

    /// Takes the request and says nothing.
    public static let silence = ScriptedAnswer(steps: [.hang])
    /// Takes the request and closes.
    public static let hangUp = ScriptedAnswer(steps: [.close])

    /// `bytes` zero bytes, compressed about a thousandfold with gzip.
    public static func gzipBomb(bytes: Int) -> ScriptedAnswer {
        let headers = [("Content-Type", "application/json"), ("Content-Encoding", "gzip")]
        return ScriptedAnswer(headers: headers, body: gzip([UInt8](repeating: 0, count: bytes)))
    }

    /// A JSON answer compressed with gzip.
    public static func gzipped(_ text: String) -> ScriptedAnswer {
        let headers = [("Content-Type", "application/json"), ("Content-Encoding", "gzip")]
        return ScriptedAnswer(headers: headers, body: gzip(Array(text.utf8)))
    }

    private static func head(_ status: Int, _ headers: [(String, String)], length: Int?) -> [UInt8] {
        var text = "HTTP/1.1 \(status) Scripted\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        text += length.map { "Content-Length: \($0)\r\n" } ?? "Connection: close\r\n"
        return Array((text + "\r\n").utf8)
    }

    /// False where the connection is over.
    func write(to connection: Int32, while goesOn: () -> Bool) -> Bool {
        for step in steps {
            switch step {
            case .bytes(let bytes): guard Self.send(bytes, to: connection) else { return false }
            case .flood(let chunk, let count, let pause):
                var sent = 0
                while sent < count {
                    guard goesOn(), Self.send(chunk, to: connection) else { return false }
                    sent += 1
                    if pause > 0 { usleep(pause * 1_000) }
                }
            case .hang:
                var byte: UInt8 = 0
                while read(connection, &byte, 1) > 0 {}
                return false
            case .close: return false
            }
        }
        return true
    }

    private static func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let made = deflateInit2_(
            &stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(made == Z_OK, "zlib would not start")
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(bytes.count))))
        let size = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = uInt(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = uInt(target.count)
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib would not finish")
                return target.count - Int(stream.avail_out)
            }
        }
        deflateEnd(&stream)
        return Array(output[..<size])
    }
}
