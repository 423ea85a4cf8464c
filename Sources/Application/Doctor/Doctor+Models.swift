// The prompts and the models that answer them: each provider's key, each model with the smallest question there is.
import Engine
import Events
import HTTPClient
import Kernel
import LanguageModels
import Messaging
import Ports
import Prompts
import Settings
package import SettingsFiles
import Store
import Trading

extension Doctor {
    package static let prompts = "prompts"
    /// A model on this machine may have to be loaded first.
    private static let modelPatience = TimeSpan.seconds(20)

    /// Files that the panel needs, and budgets that one call does not fit in.
    package func prompts(_ loaded: LoadedConfiguration) async -> [Finding] {
        let panel = loaded.settings.panel.analysts.filter { $0.kind == .prompt }.map { "\($0.name).md" }
        guard !panel.isEmpty else { return [] }
        let check = await PromptCheck(loaded, caller.environment)
        let broken =
            check.errors.map {
                Finding(
                    panel.contains($0.file) ? .broken : .hint, Self.prompts, $0.description,
                    "edit the file; carillon prompts check names every problem")
            }
            + check.missing.map {
                Finding(.broken, Self.prompts, "\($0) is not among \(check.folder)", "write it, or take its analyst off the panel")
            }
        return broken.isEmpty ? [Finding(.well, Self.prompts, "\(panel.count) checked")] : broken
    }

    package func models(_ loaded: LoadedConfiguration) async -> [Finding] {
        let asked = asked(loaded)
        guard !asked.isEmpty else {
            let none = Finding(.hint, "model", "none is used: indicators only", "add prompts to the panel, see README \"Make it yours\"")
            return loaded.settings.panel.analysts.contains { $0.kind == .prompt } ? [] : [none]
        }
        var desk: Result<CallDesk, CannotAsk>?
        var findings: [Finding] = []
        for provider in ModelProvider.allCases {
            let models = asked.filter { $0.provider == provider }.map(\.model)
            guard !models.isEmpty else { continue }
            let key = key(of: provider, loaded.settings)
            if key.level == .broken || isOffline { findings.append(key); continue }
            for model in models {
                guard let price = loaded.settings.models.price(of: model, provider: provider) else { continue }
                if desk == nil, !price.isFree { desk = await self.desk(loaded) }
                findings.append(await ask(model, of: provider, price, desk, loaded))
            }
        }
        return findings
    }

    /// Each model once, in the panel's order.
    private func asked(_ loaded: LoadedConfiguration) -> [(provider: ModelProvider, model: String)] {
        let prompts = PanelAssembly(loaded, caller.environment).desk
        var found: [(provider: ModelProvider, model: String)] = []
        for analyst in loaded.settings.panel.analysts where analyst.kind == .prompt {
            guard let model = analyst.model ?? (try? prompts.card(analyst.name))?.model else { continue }
            let provider = analyst.provider ?? loaded.settings.models.provider
            if !found.contains(where: { $0 == (provider, model) }) { found.append((provider, model)) }
        }
        return found
    }

    private func key(of provider: ModelProvider, _ settings: CarillonSettings) -> Finding {
        // The other protocol has no way to ask without a key.
        if provider == .openai, settings.models.isLocal(provider) {
            return key(.openaiKey, provider.rawValue, else: Finding(.well, provider.rawValue, "on this machine, needs no key"))
        }
        return key(provider == .anthropic ? .anthropicKey : .openaiKey, provider.rawValue)
    }

    private func ask(
        _ model: String, of provider: ModelProvider, _ price: ModelPrice, _ desk: Result<CallDesk, CannotAsk>?, _ loaded: LoadedConfiguration
    ) async -> Finding {
        let part = provider.rawValue, clock = caller.clock
        var written: CallDesk?
        if !price.isFree {
            switch desk {
            case .success(let desk)?: written = desk
            case .failure(let why)?:
                return Finding(
                    .hint, part, "key is there, \(model) is not asked: \(why.reason)",
                    "carillon cycle begins a journal, where its cost is written down")
            case nil: return Finding(.hint, part, "\(model) is not asked")
            }
        }
        switch PanelAssembly(loaded, caller.environment).asker(provider, CurlTransport(version: Version.number), clock) {
        case .failure(let why): return Finding(.broken, part, why.reason)
        case .success(let asker):
            switch await TrialCall.ask(asker, model: model, within: Self.modelPatience, desk: written, clock: clock, number: clock.now.milliseconds) {
            case .success(let answer): return Self.finding(part, model, answer)
            case .failure(let why):
                let isSpent = why.isOverBudget
                return Finding(
                    isSpent ? .hint : .broken, part, "\(model): \(why.reason)",
                    isSpent
                        ? "it is asked again tomorrow; to ask today raise models.dailyBudget"
                        : "check its key, its name and models.\(provider.rawValue)URL")
            }
        }
    }

    /// A model that speaks and does not keep to the form is of no use to a panel: its analysts abstain.
    private static func finding(_ part: String, _ model: String, _ answer: TrialCall.Answer) -> Finding {
        let time = "\(model) answers in \(answer.time.milliseconds) ms"
        switch answer.form {
        case .asked: return Finding(.well, part, time)
        case .unknown:
            return Finding(
                .hint, part, "\(time), and was cut off before the form of its answer could be checked",
                "a model that thinks for long needs a larger budget in its prompt; see: carillon prompts check")
        case .wrong(let why):
            return Finding(
                .broken, part, "\(time), not in the form that was asked for: \(why)",
                "use another model, or a server that keeps to a JSON schema (response_format); until then its analysts abstain")
        }
    }

    /// Where a question that costs something is written down: the account's own journal, at a time that is believed.
    private func desk(_ loaded: LoadedConfiguration) async -> Result<CallDesk, CannotAsk> {
        guard let folder = try? caller.home(), (try? folder.requireJournal()) != nil else {
            return .failure(CannotAsk("there is no journal yet"))
        }
        do {
            let journal = try SQLiteJournal(path: folder.journal)
            guard let identity = try journal.book().identity else { return .failure(CannotAsk("there is no account yet")) }
            guard identity.start == nil else { return .failure(CannotAsk("this home is a demo's")) }
            let session = try await Session(caller, loaded, folder, journal).believing()
            if let doubt = session.time?.doubt { return .failure(CannotAsk(doubt)) }
            return .success(
                PanelAssembly(loaded, caller.environment).calls(journal: journal, clock: session.clock))
        } catch { return .failure(CannotAsk(Failure(error).message)) }
    }
}
