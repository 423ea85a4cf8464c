// What these tests share: reading settings from text, and folders that go away.
import Foundation
import Settings

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

/// A stand-in for the real hash: the text itself.
func identity(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// The repository's root.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
