// Asking a venue for what it says it cannot do: the port's answer is that this is not supported, and nothing is sent.
import Kernel
import Ports
import Trading

extension Need {
    /// Asks for it all the same and gives the error; nil where there is nothing to ask for.
    var attempt: (@Sendable (Trial) async -> ExchangeError?)? {
        switch self {
        case .type(let type): { trial in await trial.submit(.sell, trial.kind(type)).error }
        case .quoteBuy: { trial in await trial.submit(.buy, .market(.quote(trial.terms.price.value))).error }
        case .baseBuy: { trial in await trial.submit(.buy, trial.kind(.market)).error }
        case .list(.oco): { trial in await trial.submitPair("a").error }
        case .list(.oto): { trial in await trial.submitList("a", trial.entryWithStop("a")).error }
        case .list(.otoco): { trial in await trial.submitList("a", trial.entryWithPair("a")).error }
        case .replacing: { trial in await trial.replace("a", by: "b", trial.limit()).error }
        case .trades:
            { trial in await Result { () async throws(ExchangeError) in try await trial.exchange.fills(trial.symbol, of: nil, since: nil) }.error }
        case .time: { trial in await Result { () async throws(ExchangeError) in try await trial.exchange.measureClock() }.error }
        case .keyRestrictions: { trial in await Result { () async throws(ExchangeError) in try await trial.exchange.keyRestrictions() }.error }
        case .stopLock, .arranging: nil
        }
    }
}

extension Trial {
    /// A sell of that type that breaks no rule.
    fileprivate func kind(_ type: OrderType) -> OrderKind {
        let quantity = terms.quantity
        return switch type {
        case .market: .market(.base(quantity))
        case .limit: .limit(quantity, price: terms.price(2), .goodTillCancel)
        case .limitMaker: .limitMaker(quantity, price: terms.price(2))
        case .stopLoss: .stopLoss(quantity, trigger: terms.price(-2))
        case .stopLossLimit: .stopLossLimit(quantity, trigger: terms.price(-2), price: terms.price(-3), .goodTillCancel)
        case .takeProfit: .takeProfit(quantity, trigger: terms.price(2))
        case .takeProfitLimit: .takeProfitLimit(quantity, trigger: terms.price(2), price: terms.price(2), .goodTillCancel)
        }
    }
}
