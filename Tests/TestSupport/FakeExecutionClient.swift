// An exchange whose every answer a test may replace, and which remembers what it was asked.
public import Ports
import Synchronization
public import Trading

public final class FakeExecutionClient: ExecutionClient {
    public typealias Answer = @Sendable (Order) async -> ExecutionReport
    private struct State {
        var onSubmit: Answer?
        var onQuery: Answer?
        var submitted: [ClientOrderId] = []
        var queried: [ClientOrderId] = []
    }
    public let venue = "fake"
    private let real: any ExecutionClient
    private let state = Mutex(State())

    /// Answers as `real` does until told otherwise.
    public init(_ real: any ExecutionClient) { self.real = real }

    public var submitted: [ClientOrderId] { state.withLock { $0.submitted } }
    public var queried: [ClientOrderId] { state.withLock { $0.queried } }
    public func onSubmit(_ answer: Answer?) { state.withLock { $0.onSubmit = answer } }
    public func onQuery(_ answer: Answer?) { state.withLock { $0.onQuery = answer } }
    /// What the real one would say.
    public func truth(_ order: Order) async -> ExecutionReport { await real.query(order) }

    public func submit(_ order: Order) async -> ExecutionReport {
        let answer = state.withLock { state in
            state.submitted.append(order.id)
            return state.onSubmit
        }
        return if let answer { await answer(order) } else { await real.submit(order) }
    }

    public func query(_ order: Order) async -> ExecutionReport {
        let answer = state.withLock { state in
            state.queried.append(order.id)
            return state.onQuery
        }
        return if let answer { await answer(order) } else { await real.query(order) }
    }
}
