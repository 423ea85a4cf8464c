// The test exchange as a process: one line when it is ready, an answer on loopback, an end when it is told.
import Foundation
import Glibc
import Kernel
import StrictJSON
import TestSupport
import Testing

@Suite("The test exchange")
struct ExchangeTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    @Test("it says where it listens, answers there, and ends with 0 when it is told", arguments: [SIGTERM, SIGINT])
    func serves(_ end: Int32) async throws {
        let output = bench.home("exchange-\(end)")
        let (answer, ended) = try await Gate.processes.through {
            let child = try Child(
                [Program.path, "exchange", "--synthetic", "7", "--instruments", "2", "--json"], environment: [:], folder: "/", output: output)
            while !Files.text(output + ".out").contains("\n"), !child.ends(within: 20) {}
            let port = (try? JSONValue(parsing: Files.text(output + ".out")))?.member("port")
            var answer = ""
            if case .integer(let number)? = port { answer = Self.ask("/api/v3/ticker/price?symbol=BTCUSDT", UInt16(number)) }
            child.signal(end)
            return (answer, child.wait(seconds: Bench.limit))
        }
        #expect(answer.hasPrefix("HTTP/1.1 200 OK") && answer.contains("\"symbol\":\"BTCUSDT\""), "\(answer)")
        #expect(ended.way == .exit(0) && ended.error.isEmpty && !ended.everything.contains("test-secret"), "\(ended)")
        let ready = try JSONValue(parsing: ended.out)
        #expect(
            ready.member("market") == "synthetic market" && ready.member("controlPort") == .null && ready.member("symbols") == ["BTCUSDT", "ETHUSDT"])
    }

    @Test(
        "what it cannot do is said with its exit code",
        arguments: [
            (["--candles", "/nowhere", "--start", "2022-11-08T00:00:00Z"], 66), (["--candles", "/tmp"], 64), (["--balance", "USDT"], 64),
            (["--speed", "0"], 64),
            (["--synthetic", "1", "--candles", "x", "--start", "2022-11-08T00:00:00Z"], 64), (["--port", "70000"], 64), (["--start", "soon"], 64)
        ] as [([String], Int32)])
    func refuses(_ arguments: [String], _ code: Int32) async throws {
        let ended = try await bench.run(["exchange"] + arguments)
        #expect(ended.way == .exit(code) && ended.out.isEmpty && !ended.error.isEmpty, "\(ended)")
    }

    @Test("a start without candles is refused with the range there is")
    func emptyStart() async throws {
        let folder = bench.home("candles")
        mkdir(folder, 0o700)
        let rows = (0..<30).map { "\(1_767_571_200_000 + $0 * 3_600_000),100,101,99,100,5\n" }.joined()
        _ = bench.write("candles/BTCUSDT-1h.csv", "open_time_ms,open,high,low,close,volume\n" + rows)
        for start in ["9999-01-01T00:00:00Z", "2020-01-01T00:00:00Z"] {
            let files = try await bench.run(["exchange", "--candles", folder, "--start", start])
            #expect(files.way == .exit(65) && files.out.isEmpty, "\(files)")
            #expect(
                files.error
                    == "carillon: no candles of USDT pairs in \(folder) at \(start); they go from 2026-01-05T01:00:00Z to 2026-01-06T06:00:00Z (exit "
                    + "65)\n"
            )
        }
        for start in ["9999-01-01T00:00:00Z", "1999-12-31T00:00:00Z"] {
            let synthetic = try await bench.run(["exchange", "--start", start])
            #expect(synthetic.way == .exit(64) && synthetic.out.isEmpty, "\(synthetic)")
            #expect(
                synthetic.error.contains("synthetic market has no candles at \(start); it goes from 2000-01-01T00:00:00Z to 2358-"), "\(synthetic)")
        }
    }

    /// One request and everything that comes back.
    private static func ask(_ path: String, _ port: UInt16) -> String {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(connection) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard connected == 0 else { return "" }
        let text = Array("GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
        guard write(connection, text, text.count) == text.count else { return "" }
        var all: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 4_096)
        while case let count = read(connection, &chunk, chunk.count), count > 0 { all += chunk[..<count] }
        return String(decoding: all, as: UTF8.self)
    }
}
