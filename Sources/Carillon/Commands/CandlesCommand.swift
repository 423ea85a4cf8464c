// `carillon candles`: the lab's memory of prices, one file a command.
import ArgumentParser

struct CandlesCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "candles", abstract: "Keep real candles for the lab: import, backfill, check, repair.",
        discussion: """
            Candles lie in one folder, a checked file for each pair, interval and month. The finest candles of a month are its truth: \
            coarser ones are added up from them, coarser files only fill what is missing, and nothing else fills a gap.

            A beginning:
              carillon candles backfill --symbols BTCUSDT,ETHUSDT --interval 1m --from 2024-01
              carillon candles import BTCUSDT-1m-2023-*.zip
              carillon candles list
            """,
        subcommands: [
            CandlesImportCommand.self, CandlesBackfillCommand.self, CandlesListCommand.self, CandlesGapsCommand.self, CandlesRepairCommand.self,
            CandlesVerifyCommand.self
        ])
}
