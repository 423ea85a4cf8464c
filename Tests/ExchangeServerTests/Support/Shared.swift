// Reference data that is not ours to ship: captured requests of client libraries and answers' shapes. Tests that
// need it are skipped where it is missing.
import Foundation
import Kernel
import StrictJSON

enum Shared {
    static let folder = ProcessInfo.processInfo.environment["CARILLON_SHARED"] ?? "../shared"
    static var isThere: Bool { FileManager.default.fileExists(atPath: folder + "/wire/captures.json") }

    private static func rows(_ file: String) -> [JSONValue] {
        guard let bytes = FileManager.default.contents(atPath: folder + "/wire/" + file),
            case .array(let rows)? = try? JSONValue(parsing: Array(bytes))
        else { return [] }
        return rows
    }
    /// Requests of client libraries against Binance.
    static let captures = rows("captures.json").filter {
        $0.text("client").map { ["ccxt binance", "python-binance", "binance-connector"].contains($0) } ?? false
    }
    /// The venue's documented answers.
    static let fixtures = rows("fixtures/binance.json")

    static func answer(_ description: String) -> JSONValue? { fixtures.first { $0.text("description") == description }?.member("httpResponse") }
}
