// Telegram and the feeds, asked now: what a cycle would find out an hour later.
import Feeds
import HTTPClient
import Kernel
import Market
import Messaging
import Ports
package import Settings
import SettingsFiles

extension Doctor {
    /// For one feed with its tries.
    private static let feedPatience = TimeSpan.seconds(10)

    package func telegram(_ settings: CarillonSettings) async -> [Finding] {
        let part = "telegram"
        guard settings.telegram.enabled else {
            return [Finding(.hint, part, "off", "set telegram.enabled and \(SecretName.telegramToken.variable), see README \"Make it yours\"")]
        }
        let account: TelegramAccount
        do throws(Failure) { account = try TelegramSetUp(caller).account(settings.telegram) } catch {
            return [
                Finding(
                    .broken, part, String(error.message.trimmingPrefix("telegram: ")),
                    "messages stay queued meanwhile")
            ]
        }
        if isOffline { return [Finding(.well, part, "token and chat are there")] }
        let inquiry = TelegramInquiry(account.bot, transport: CurlTransport(version: Version.number), timeout: .seconds(5))
        do throws(TelegramProblem) {
            let bot = try await inquiry.name(), chat = try await inquiry.chat(account.chat)
            return [Finding(.well, part, "@\(bot) may write to \(chat.name)")]
        } catch {
            return [
                Finding(.broken, part, error.why, "check \(SecretName.telegramToken.variable), telegram.chatId and the network; messages stay queued")
            ]
        }
    }

    /// CoinGecko where prices are real, NewsAPI, every address of news, fear and greed.
    package func feeds(_ settings: CarillonSettings) async -> [Finding] {
        let wantsCoins = settings.feeds.coingecko && settings.feeds.prices == .binance
        let keys =
            (settings.feeds.newsapi ? [key(.newsapiKey, "newsapi")] : [])
            + (wantsCoins ? [key(.coingeckoKey, "coingecko", else: Finding(.well, "coingecko", "without a key, which is slower"))] : [])
        guard !isOffline, !keys.contains(where: { $0.level == .broken }) else { return keys }
        var brief = settings
        brief.cycle.fetchDeadline = Self.feedPatience
        let clock = SystemClock(), context = LiveContext(brief, clock, caller.environment)
        var reports: [SourceReport] = []
        do throws(Failure) {
            if wantsCoins {
                let catalog = try context.catalog(), fetcher = SourceFetcher(clock: clock, seed: context.seed, deadline: Self.feedPatience)
                let source = Source<[CoinFacts]>(catalog.name, required: false) { () throws(FeedError) in
                    SourceValue(try await catalog.coins(limit: 1))
                }
                reports += await fetcher.fetchAll([source]).map(\.report)
            }
            if settings.feeds.needsContext {
                let (source, _) = try context.source()
                reports += await source.read(at: clock.now).reports
            }
        } catch { return [Finding(.broken, "feeds", error.message)] }
        return reports.map(Self.finding)
    }

    private static func finding(_ report: SourceReport) -> Finding {
        let advice = "check the network and the address, or take it out of feeds"
        switch report.status {
        case .ok: return Finding(.well, report.name, "answers")
        case .stale: return Finding(.hint, report.name, SafeText.line(report.detail, limit: 200), "nothing to do: it is not used until it is fresh")
        case .lost, .skipped: return Finding(.broken, report.name, SafeText.line(report.detail, limit: 200), advice)
        }
    }
}
