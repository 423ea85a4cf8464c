// One prompt's place on the panel, settled before the hour begins: which file, which model, or why it
// cannot be asked at all.
import Analysis
import Kernel
import Market
import Ports
import Settings

struct PromptChair: Sendable {
    let name: String
    let role: AnalystRole
    let makesShortlist: Bool
    /// Vendor and model: `anthropic claude-haiku-5-5`.
    let family: String
    let model: String
    /// What is asked, or why it is not.
    let asker: Result<any ModelAsking, CannotAsk>

    /// - Parameter models: who answers for a provider, or why nobody does.
    init(
        _ settings: AnalystSettings, _ prompts: any PromptRendering, provider: ModelProvider,
        _ models: (ModelProvider) -> Result<any ModelAsking, CannotAsk>
    ) {
        name = settings.name
        role = settings.role
        let provider = settings.provider ?? provider
        let card = Result { () throws(CannotAsk) in try prompts.card(settings.name) }
        // A shortlist that cannot be read is still missing, so nothing is entered on its account.
        makesShortlist = (try? card.get().makesShortlist) ?? (settings.name == "candidates")
        let named = settings.model ?? (try? card.get())?.model
        let answering = models(provider)
        model = named ?? ""
        family = ((try? answering.get())?.vendor ?? provider.rawValue) + (named.map { " " + $0 } ?? "")
        asker = Result { () throws(CannotAsk) in
            let card = try card.get()
            guard card.role == settings.role else {
                throw CannotAsk("\(settings.name).md says \(card.role.rawValue), the panel says \(settings.role.rawValue)")
            }
            guard named != nil else { throw CannotAsk("no model is named, neither in the panel's settings nor in \(settings.name).md") }
            return try answering.get()
        }
    }

    var seat: PanelSeat { PanelSeat(name: name, role: role, makesShortlist: makesShortlist) }

    func abstention(_ symbol: Symbol, _ why: String) -> Opinion {
        Opinion(abstaining: name, role: role, family: family, symbol: symbol, because: why)
    }

    func opinion(_ symbol: Symbol, _ action: Action, _ conviction: Ratio, _ reason: String) -> Opinion {
        Opinion(analyst: name, role: role, family: family, symbol: symbol, action: action, conviction: conviction, reason: reason)
    }
}
