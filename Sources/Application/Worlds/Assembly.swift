// The only place where the engine's parts are put together; what a world is made of stands in Worlds/.
import Compression
package import Engine
package import Messaging
package import Ports
package import Settings
package import SettingsFiles
import Signing
package import Store
package import Trading
import VenuePaper

package struct Assembly {
    package let caller: Caller
    package let configuration: LoadedConfiguration
    package let journal: SQLiteJournal
    package let clock: any Clock
    package let world: World
    /// How the clock came to be believed; nil if the clock only moves when told.
    package var time: BelievedTime?
    package var killSwitch: @Sendable () -> String? = { nil }
    package var settings: CarillonSettings { configuration.settings }

    package var renderer: MessageRenderer { MessageRenderer(zone: DisplayZone.configured(settings.report.zone).zone) }

    package func parts() -> Parts {
        let costs = FillCosts(fee: settings.fills.fee, slippage: settings.fills.slippage)
        let (panel, promptSetHash) = PanelAssembly(configuration, caller.environment).panel(
            journal: journal, clock: clock)
        let look = MarketLook(world.sources, fetching: world.looking, clock: clock, settings: settings)
        return Parts(
            settings: settings, journal: journal, market: world.market, exchange: PaperExchange(market: world.fills, costs: costs, journal: journal),
            clock: clock, observer: look, panel: panel, instances: configuration.instances, unusable: configuration.unusable.map(\.description),
            hash: SHA256.hex, compress: Deflate.compress, killSwitch: killSwitch, versions: versions(promptSetHash),
            fetching: world.watching, venueClock: world.sources.venueClock, time: time)
    }

    private func versions(_ promptSetHash: String) -> Versions {
        Versions(
            code: Version.number, settingsHash: configuration.version(hash: SHA256.hex), settingsText: configuration.versionText,
            riskHash: SHA256.hex(Array(SettingsText.risk(settings).utf8)), promptSetHash: promptSetHash)
    }
}
