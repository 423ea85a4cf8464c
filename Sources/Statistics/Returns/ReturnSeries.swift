// What every figure of a run is computed from: one return a period, each with its moment. A series
// cannot hold disorder, a NaN, or a loss of more than everything.
public import Kernel

/// Why a return was refused.
public enum ReturnFault: Error, Hashable, Sendable {
    case duplicate
    case disordered
    case notFinite
    case belowMinusOne
}

/// Simple returns (0.01 is one percent) of periods that end at `times`, strictly ascending.
public struct ReturnSeries: Hashable, Sendable {
    public private(set) var times: [Timestamp] = []
    public private(set) var returns: [Double] = []

    public init() {}

    /// Takes the return of the next period.
    public mutating func append(_ value: Double, at time: Timestamp) throws(ReturnFault) {
        if let last = times.last, time <= last { throw time == last ? .duplicate : .disordered }
        guard value.isFinite else { throw .notFinite }
        guard value >= -1 else { throw .belowMinusOne }
        times.append(time)
        returns.append(value)
    }

    public var count: Int { returns.count }
    public var first: Timestamp? { times.first }
    public var last: Timestamp? { times.last }
}
