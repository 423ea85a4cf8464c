// What these tests share: reading settings from text, folders that go away, and a small random source.
import Domain
import Foundation
@testable import SettingsFiles

/// The settings in a main text and, where given, a risk text.
func read(_ main: String, risk: String? = nil) -> Result<CarillonSettings, ConfigurationError> {
    var reader = SettingsReader()
    reader.readMain(Array(main.utf8), file: "config/carillon.yaml")
    if let risk { reader.readRisk(Array(risk.utf8), file: "config/risk.yaml") }
    return reader.result()
}

/// The problems' texts; empty where there are none.
func problems(_ main: String, risk: String? = nil) -> [String] {
    switch read(main, risk: risk) {
    case .success: []
    case .failure(let error): error.problems.map(\.description)
    }
}

/// A folder for one test, gone when the test is done.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/carillon-configuration-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same run.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// A stand-in for the real hash: the text itself.
func identity(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// The repository's root.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
