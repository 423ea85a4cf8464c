// The reference vectors: an id, a formula, inputs, outputs and how close they must come.
import Foundation
import Testing

/// A vector's value: a number, a list or a flag.
enum VectorValue: Decodable, Sendable {
    case number(Double), list([Double]), other
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let x = try? container.decode(Double.self) {
            self = .number(x)
        } else if let x = try? container.decode([Double].self) {
            self = .list(x)
        } else {
            self = .other
        }
    }
}

struct ReferenceVector: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let inputs: [String: VectorValue]
    let outputs: [String: VectorValue]
    let tolerance: Double
    var testDescription: String { id }

    /// A named number of the inputs; NaN where it is missing, which no comparison survives.
    subscript(_ name: String) -> Double { if case .number(let x)? = inputs[name] { x } else { .nan } }
    func list(_ name: String) -> [Double] { if case .list(let x)? = inputs[name] { x } else { [] } }
    func has(_ name: String) -> Bool { inputs[name] != nil }
    func counts(_ name: String) -> [Int] { list(name).map { Int($0) } }
}

struct ReferenceVectors: Decodable {
    let kelly: [ReferenceVector]
    let statistics: [ReferenceVector]

    /// All of them, or none where the reference data is missing.
    static let all: ReferenceVectors = {
        guard SharedData.isThere else { return ReferenceVectors(kelly: [], statistics: []) }
        let data = Data(SharedData.bytes("data/truth/kelly_vectors.json"))
        guard let vectors = try? JSONDecoder().decode(ReferenceVectors.self, from: data) else {
            fatalError("kelly_vectors.json is not what it was")
        }
        return vectors
    }()
}
