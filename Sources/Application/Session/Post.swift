// Hands out what waits in the outbox, if a channel is configured. Trading never waits for it: a round has a
// small budget, what is left is tried again by the next process, and a failure is never an error here.
import Events
import HTTPClient
package import Kernel
import Messaging
import Notices
import Ports
import Settings
import SettingsFiles
import Store

package struct Post {
    /// How long one round may take.
    package static let budget = TimeSpan.seconds(20)
    /// How long another process's round is waited for: it may have read the outbox just before our message.
    package static let patience = TimeSpan.seconds(5)
    package static let channel = "telegram"
    package let session: Session
    package init(_ session: Session) { self.session = session }

    /// A channel gets what is queued from the moment it is first configured.
    package func open() {
        guard session.settings.telegram.enabled else { return }
        try? session.journal.open(channel: Self.channel)
    }

    package func deliver() async {
        guard session.settings.telegram.enabled, let lock = await lock() else { return }
        defer { lock.release() }
        do {
            guard try !session.journal.outbox(channel: Self.channel).isEmpty, let notifier = try notifier() else { return }
            let end = session.clock.monotonic.milliseconds + Self.budget.milliseconds
            // The lock is held until the pace is kept, so that it is kept between processes too. One message at a time: what was
            // delivered is written down before the next is sent. A round shorter than the pace sends one, however long the
            // outbox took to read.
            while session.clock.monotonic.milliseconds < end {
                let pending = try session.journal.outbox(channel: Self.channel)
                let changes = await OutboxDelivery.deliver(
                    pending: pending, using: notifier, words: session.renderer, clock: session.clock, budget: OutboxLimits.standard.pace,
                    sound: session.settings.telegram.sound)
                try session.journal.apply(changes, channel: Self.channel)
                guard changes.contains(where: { $0.state == .delivered }) else { return }
                try await session.clock.sleep(for: OutboxLimits.standard.pace)
            }
        } catch let error as SecretError {
            keep(why: error.description)
        } catch let error as Failure {
            keep(why: error.message)
        } catch {
            session.caller.say("carillon: telegram: the outbox could not be read or written; messages stay queued")
        }
    }

    /// Reports that nobody could be asked, and keeps that once with what waits, for whoever looks later without this process's keys.
    private func keep(why: String) {
        session.caller.say("carillon: telegram: \(why)")
        guard let waiting = try? session.journal.outbox(channel: Self.channel),
            let known = try? session.journal.undelivered(channel: Self.channel, at: session.clock.now)
        else { return }
        let told = Set(known.filter { $0.why == why }.map(\.number))
        try? session.journal.apply(waiting.filter { !told.contains($0.id) }.map { OutboxChange($0, state: .queued, why: why) }, channel: Self.channel)
    }

    /// The channel is one process's at a time. nil if another still has it after a while: that one sends what is ours too.
    private func lock() async -> FileLock? {
        let end = session.clock.monotonic.milliseconds + Self.patience.milliseconds
        while true {
            if let lock = try? session.folder.lock("post") { return lock }
            guard session.clock.monotonic.milliseconds < end, (try? await session.clock.sleep(for: TimeSpan(milliseconds: 100))) != nil else {
                return nil
            }
        }
    }

    private func notifier() throws -> TelegramNotifier? {
        let settings = session.settings.telegram
        guard let chat = settings.chatId else { return nil }
        guard let token = try SecretSources(environment: session.caller.environment).secret(.telegramToken) else {
            throw Failure(.configuration, "no token: set \(SecretName.telegramToken.variable); messages stay queued")
        }
        do {
            let account = try TelegramAccount(token: token, chat: chat, address: settings.baseURL)
            return TelegramNotifier(account, transport: CurlTransport(version: Version.number))
        } catch { throw Failure(.configuration, "\(error)") }
    }
}
