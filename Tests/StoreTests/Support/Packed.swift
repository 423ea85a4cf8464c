// Journals as they are kept beside the tests: packed with gzip.
import Compression
import Foundation
import Testing

enum Packed {
    static func unpack(_ from: String, to path: String) throws {
        let packed = try #require(FileManager.default.contents(atPath: from))
        var input = [UInt8](packed), output = Data(), taken = 0
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        let gunzip = try #require(Gunzip())
        while taken < input.count {
            let unpacked = input.withUnsafeMutableBufferPointer { bytes in
                piece.withUnsafeMutableBytes { gunzip.unpack(.init(rebasing: bytes[taken...]), into: $0) }
            }
            let step = try #require(unpacked)
            taken += step.taken
            output.append(contentsOf: piece.prefix(step.written))
        }
        try output.write(to: URL(fileURLWithPath: path))
    }
}
