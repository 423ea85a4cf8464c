// What the last report began with is said by status and doctor until the next one, with the hour since when.
import Engine
import Events
import Kernel
import Ports
import Settings
import SettingsFiles
import Store
import StrictJSON
import TestSupport
import Testing
import Trading

@Suite("The last hour")
struct LastHourTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    @Test("an hour without prices: status says what its report began with, and doctor does not call that well")
    func noPrices() async throws {
        let file = bench.write("settings.yaml", "feeds: {prices: binance, address: \"http://127.0.0.1:9\"}\n"), home = bench.home()
        func run(_ words: String...) async throws -> Ended { try await bench.run(words + ["--home", home, "--config", file]) }
        let cycle = try await run("cycle"), report = try await run("report")
        #expect(cycle.way == .exit(69) && report.out.hasPrefix("■ No decision this hour"), "\(cycle) \(report)")
        let status = try await run("status"), json = try JSONValue(parsing: try await run("status", "--json").out)
        #expect(
            status.way == .exit(0) && status.out.contains("■ No decision this hour: binance instruments")
                && status.out.contains(", in the report of "), "\(status)")
        #expect(try json["problems"].array.map { try $0["key"].string } == ["skipped"])
        let doctor = try await run("doctor", "--offline")
        #expect(
            doctor.way == .exit(69) && !doctor.out.contains("All well") && doctor.out.contains("✗ last hour     No decision this hour"), "\(doctor)")
    }

    @Test("a panel that cannot agree: status and doctor say so until an hour in which it can", arguments: ["prose", "refused"])
    func noAgreement(answer: String) async throws {
        let prose = ScriptedAnswer.json(
            #"{"id":"c","model":"m","choices":[{"finish_reason":"stop","message":{"content":"I cannot help with that."}}],"#
                + #""usage":{"prompt_tokens":9,"completion_tokens":5}}"#
        )
        let refused = ScriptedAnswer.json(#"{"error":{"message":"no such key","type":"authentication_error","code":"invalid_api_key"}}"#, status: 401)
        let server = try LoopbackServer(answers: [answer == "prose" ? prose : refused])
        defer { server.stop() }
        let
            file = bench.write(
                "settings.yaml",
                """
                panel:
                  - {name: candidates, kind: prompt, role: voter, model: m, provider: openai}
                  - {name: technical, kind: prompt, role: voter, model: m, provider: openai}
                  - {name: risk, kind: prompt, role: guard, model: m, provider: openai}
                models: {openaiURL: "\(server.url)/v1", prices: {m: free}}

                """), home = bench.home(), key = ["CARILLON_OPENAI_API_KEY": "some-key"]
        func run(_ words: String...) async throws -> Ended { try await bench.run(words + ["--home", home, "--config", file], key) }
        #expect(try await run("cycle").way == .exit(0))
        let status = try await run("status"), doctor = try await run("doctor", "--offline")
        #expect(status.way == .exit(0) && status.out.hasPrefix("■ No agreement is possible: 2 of 2 voters must agree"), "\(status)")
        #expect(doctor.way == .exit(69) && doctor.out.contains("✗ last hour     No agreement is possible"), "\(doctor)")
        #expect(doctor.out.contains("carillon explain C") && doctor.out.contains(" --home \(home) shows what happened"), "\(doctor)")
    }
}
