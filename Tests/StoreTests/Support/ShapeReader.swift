// The shape of what is written down, read off the types themselves: each payload is decoded from a source that has every
// field, and what it asks for is noted, `path: type`, with a question mark if it may be missing.
import Analysis
import Events
import Kernel
import Market
import Risk
import Trading

@testable import Store

struct ShapeReader: PayloadReader {
    let notes = ShapeNotes()

    func payload<P: Decodable>(_ type: P.Type) throws -> P { try ShapeSource(path: "", notes: notes).value(type) }
}

final class ShapeNotes {
    private var types: [String: String] = [:]
    private var optional: Set<String> = []

    /// A part that may be missing has a line of its own before those of its fields.
    var lines: [String] {
        optional.union(types.keys).sorted().map { "\($0)\(optional.contains($0) ? "?" : ""): \(types[$0] ?? "fields")" }
    }

    func note(_ path: String, _ type: Any.Type) { types[path] = "\(type)" }
    func noteOptional(_ path: String) { optional.insert(path) }
}

/// A value that is written as one text or number, or as one of several cases.
enum Leaf {
    struct Missing: Error { let type: String }

    private static let samples: [any Decodable & Sendable] = [
        true, 1, Int64(1), 1.0, "text", Symbol("BTC/USDT")!, Currency.usdt, Price("1")!, Quantity("1")!, "1" as FixedDecimal, "1" as Ratio,
        Timestamp(milliseconds: 0), TimeSpan.hours(1), TradeId("T0001")!, CycleId(hour: Timestamp(milliseconds: 0)),
        ClientOrderId("CRT0001E")!, AccountId.paper, Epoch.none, OrderRole.entry, PositionAct.hold, Refusal.alreadyOpen, KeptOut.notShortlisted,
        CheckFigures.balance(free: "1"), BreakerCause.lossesInARow(3), Message.notice(.outOfMoney(vendor: "v")), Side.buy, SourceReport.Status.ok,
        PriceFault.unreadable(why: ""), Infeasible.belowLot
    ]

    /// nil for a type that has fields of its own.
    static func value<T>(_ type: T.Type) -> T? {
        if let sample = samples.first(where: { Swift.type(of: $0) == type }) { return sample as? T }
        guard let cases = type as? any CaseIterable.Type else { return nil }
        return first(cases) as? T
    }

    private static func first<C: CaseIterable>(_ type: C.Type) -> Any? { type.allCases.first }
}

private struct ShapeSource: Decoder {
    let path: String
    let notes: ShapeNotes
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> { KeyedDecodingContainer(ShapeFields(source: self)) }
    func unkeyedContainer() -> any UnkeyedDecodingContainer { ShapeItems(source: ShapeSource(path: path + "[]", notes: notes)) }
    func singleValueContainer() -> any SingleValueDecodingContainer { ShapeValue(source: self) }

    func value<T: Decodable>(_ type: T.Type) throws -> T {
        if let leaf = Leaf.value(type) {
            notes.note(path, type)
            return leaf
        }
        return try T(from: self)
    }

    func field(_ name: String) -> ShapeSource { ShapeSource(path: path.isEmpty ? name : "\(path).\(name)", notes: notes) }
    var missing: Leaf.Missing { Leaf.Missing(type: path) }
}

private struct ShapeFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let source: ShapeSource
    var codingPath: [any CodingKey] { [] }
    /// The one entry of a dictionary.
    var allKeys: [Key] { [Key(stringValue: "*")].compactMap { $0 } }

    func contains(_ key: Key) -> Bool { true }
    /// Only a field that may be missing is asked this.
    func decodeNil(forKey key: Key) -> Bool {
        source.notes.noteOptional(source.field(key.stringValue).path)
        return false
    }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try source.field(key.stringValue).value(type) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try source.field(key.stringValue).value(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try source.field(key.stringValue).value(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try source.field(key.stringValue).value(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try source.field(key.stringValue).value(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try source.field(key.stringValue).value(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try source.field(key.stringValue).value(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try source.field(key.stringValue).value(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try source.field(key.stringValue).value(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try source.field(key.stringValue).value(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try source.field(key.stringValue).value(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try source.field(key.stringValue).value(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try source.field(key.stringValue).value(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try source.field(key.stringValue).value(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try source.field(key.stringValue).value(type) }
    func nestedContainer<K: CodingKey>(keyedBy type: K.Type, forKey key: Key) throws -> KeyedDecodingContainer<K> {
        source.field(key.stringValue).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { source.field(key.stringValue).unkeyedContainer() }
    func superDecoder() throws -> any Decoder { throw source.missing }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw source.missing }
}

private struct ShapeItems: UnkeyedDecodingContainer {
    let source: ShapeSource
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex > 0 }
    private(set) var currentIndex = 0

    init(source: ShapeSource) { self.source = source }

    func decodeNil() -> Bool { false }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try item(type) }
    mutating func decode(_ type: Bool.Type) throws -> Bool { try item(type) }
    mutating func decode(_ type: String.Type) throws -> String { try item(type) }
    mutating func decode(_ type: Double.Type) throws -> Double { try item(type) }
    mutating func decode(_ type: Float.Type) throws -> Float { try item(type) }
    mutating func decode(_ type: Int.Type) throws -> Int { try item(type) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try item(type) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try item(type) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try item(type) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try item(type) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try item(type) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try item(type) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try item(type) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try item(type) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try item(type) }
    private mutating func item<T: Decodable>(_ type: T.Type) throws -> T {
        currentIndex += 1
        return try source.value(type)
    }
    func nestedContainer<K: CodingKey>(keyedBy type: K.Type) throws -> KeyedDecodingContainer<K> { throw source.missing }
    func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw source.missing }
    func superDecoder() throws -> any Decoder { throw source.missing }
}

private struct ShapeValue: SingleValueDecodingContainer {
    let source: ShapeSource
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }
    func decode(_ type: Bool.Type) throws -> Bool { throw source.missing }
    func decode(_ type: String.Type) throws -> String { throw source.missing }
    func decode(_ type: Double.Type) throws -> Double { throw source.missing }
    func decode(_ type: Float.Type) throws -> Float { throw source.missing }
    func decode(_ type: Int.Type) throws -> Int { throw source.missing }
    func decode(_ type: Int8.Type) throws -> Int8 { throw source.missing }
    func decode(_ type: Int16.Type) throws -> Int16 { throw source.missing }
    func decode(_ type: Int32.Type) throws -> Int32 { throw source.missing }
    func decode(_ type: Int64.Type) throws -> Int64 { throw source.missing }
    func decode(_ type: UInt.Type) throws -> UInt { throw source.missing }
    func decode(_ type: UInt8.Type) throws -> UInt8 { throw source.missing }
    func decode(_ type: UInt16.Type) throws -> UInt16 { throw source.missing }
    func decode(_ type: UInt32.Type) throws -> UInt32 { throw source.missing }
    func decode(_ type: UInt64.Type) throws -> UInt64 { throw source.missing }
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        // A type that is one text or number inside has no sample here: what it takes is not known.
        guard Leaf.value(type) == nil else { throw source.missing }
        return try source.value(type)
    }
}
