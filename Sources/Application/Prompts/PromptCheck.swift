// What would keep the panel's prompts from being asked, found without asking: the files, what the panel names but is
// not there, models without a price, and budgets that one call does not fit in.
import Analysis
import Engine
import Kernel
import LanguageModels
import Ports
package import Prompts
import Settings
package import SettingsFiles

package struct PromptCheck {
    package let library: PromptLibrary
    /// Where files are looked for; nil for the compiled-in ones alone.
    package let promptFolder: String?
    /// Files that the panel names and that are not there.
    package let missing: [String]
    /// Everything there is to say, in the order of the files.
    package let problems: [PromptProblem]

    /// Where files are looked for, in words.
    package var folder: String { promptFolder ?? "the compiled-in ones" }
    package var errors: [PromptProblem] { problems.filter { $0.severity == .error } }
    package var hasErrors: Bool { !errors.isEmpty || !missing.isEmpty }

    package init(_ configuration: LoadedConfiguration, _ environment: @escaping @Sendable (String) -> String?) async {
        let assembly = PanelAssembly(configuration, environment), desk = assembly.desk
        let panel = configuration.settings.panel.analysts.filter { $0.kind == .prompt }
        library = desk.library
        promptFolder = assembly.promptFolder
        missing = panel.filter { desk.library[$0.name] == nil }.map { "\($0.name).md" }
        let nameless = panel.filter { $0.model == nil && desk.library[$0.name]?.prompt.map { $0.model == nil } == true }
            .map { PromptProblem(file: "\($0.name).md", variable: "model", "no model is named, neither here nor in the panel's settings") }
        problems = desk.library.problems + nameless + (await CallCosts(configuration.settings, desk).problems())
    }
}

/// What one call may cost, by the embedded market in an hour without headlines: a real hour costs no less.
private struct CallCosts {
    let settings: CarillonSettings
    let desk: PromptDesk
    private static let hour = Timestamp(milliseconds: 1_767_621_600_000)

    init(_ settings: CarillonSettings, _ desk: PromptDesk) {
        self.settings = settings
        self.desk = desk
    }

    func problems() async -> [PromptProblem] {
        let asked = desk.library.names.compactMap { name in desk.library[name]?.prompt.flatMap(model) }
        guard !asked.isEmpty, let snapshot = await snapshot() else { return [] }
        return asked.flatMap { problems($0.prompt, $0.model, $0.price, snapshot) }
    }

    private typealias Asked = (prompt: Prompt, model: String, price: ModelPrice?)

    /// A prompt that sits on the panel; one that does not, if the price of its own model is known.
    private func model(_ prompt: Prompt) -> Asked? {
        let seat = settings.panel.analysts.first { $0.kind == .prompt && $0.name == prompt.name }
        guard let model = seat?.model ?? prompt.model else { return nil }
        let price = settings.models.price(of: model, provider: seat?.provider ?? settings.models.provider)
        return seat == nil && price == nil ? nil : (prompt, model, price)
    }

    private func problems(_ prompt: Prompt, _ model: String, _ price: ModelPrice?, _ snapshot: MarketSnapshot) -> [PromptProblem] {
        let file = "\(prompt.name).md"
        guard let price else {
            return [
                PromptProblem(
                    file: file, variable: "model", "model '\(model)' has no price; add it to models.prices, or 'free' there if it costs nothing")
            ]
        }
        guard let question = try? desk.question(prompt.name, on: snapshot, about: prompt.asks == .decision ? snapshot.offered.first : nil) else {
            return []
        }
        let request = ModelRequest(
            model: model, system: question.system, user: question.user, schemaName: question.schemaName, schema: question.schema,
            maximumOutputTokens: question.maximumOutputTokens, timeout: question.deadline)
        let cost = ModelPricing(price).estimateCost(request)
        let words = "one call to \(model) may cost \(cost) USD"
        var found: [PromptProblem] = []
        if cost > question.maximumCost {
            found.append(
                PromptProblem(file: file, variable: "budget", "\(words), its budget is \(question.maximumCost) USD: it would never be asked"))
        }
        if cost > settings.models.dailyBudget {
            found.append(
                PromptProblem(
                    file: file, variable: "models.dailyBudget",
                    "\(words), models.dailyBudget is \(settings.models.dailyBudget) USD: it would never be asked"))
        }
        return found
    }

    private func snapshot() async -> MarketSnapshot? {
        var usual = CarillonSettings.default
        usual.feeds.instruments = settings.feeds.instruments
        let world = World.synthetic(seed: usual.feeds.seed, instruments: usual.feeds.instruments)
        return try? await MarketLook(world.sources, fetching: DirectFetching(), clock: SystemClock(), settings: usual).observe(
            at: Self.hour, held: [])
    }
}
