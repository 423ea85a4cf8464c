// Every command's help: it exists, ends with 0, and its first line and its usage are what scripts and the
// README rely on. A change here is a change for users.
import TestSupport
import Testing

@Suite("Help")
struct HelpTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    private static let common = "[--home <home>] [--config <config>] [--json]"
    /// Of the commands that speak to an exchange by hand.
    private static let hand = "[--host <host>] [--config <config>] [--json]"

    /// Of the commands that try strategies on the past.
    private static let lab =
        "<strategy> [--candles <candles>] [--from <from>] [--to <to>] [--set <name=value> ...] [--home <home>] [--config <config>] [--json] [--bench]"

    @Test(
        "each command explains itself",
        arguments: [
            ("", "An AI-assisted crypto trading bot that rings once an hour.", "<subcommand>"),
            (
                "demo", "Run hours of trading in virtual time, with paper money.",
                "\(common) [--hours <hours>] [--seed <seed>] [--crash] [--candles <candles>] [--start <start>]"
            ),
            ("cycle", "Run this hour's cycle: look, ask the panel, decide, enter, report.", common),
            ("monitor", "Look after open positions once: stops, targets, trailing stops.", common),
            ("run", "Run monitor and cycle in one process until it is stopped (for containers).", common),
            ("status", "Show what is wrong, the account, open positions and what is due next.", common),
            ("report", "Show the last hourly summary, or the figures of a day, a week or a month.", "\(common) [<period>]"),
            ("trades", "List the closed trades, the newest last, and what they came to.", "\(common) [--days <days>]"),
            ("telegram", "Find the chat that reports go to, and try it.", "<subcommand>"),
            ("telegram chats", "Show who wrote to the bot lately, with the number that telegram.chatId wants.", common),
            ("telegram test", "Send a message to the configured chat.", common),
            (
                "explain", "Tell why a trade happened, or what a cycle saw and decided, with every number.",
                "\(common) <subject> [--prompt] [--answers]"
            ),
            ("halt", "Stop buying at once. Open positions keep their stops and targets.", "\(common) [--reason <reason>]"),
            ("resume", "Release the kill switch: buying may go on with the next cycle.", "\(common) [--reason <reason>]"),
            ("close", "Sell one open position, or all of them, at the market.", "\(common) [<symbol>] [--all] [--write-off] [--reason <reason>]"),
            ("breaker", "Show the circuit breakers, or reset one.", "<subcommand>"),
            ("breaker list", "Show every breaker, its limit and whether it is tripped.", common),
            ("breaker reset", "Reset a breaker after you have looked at why it tripped.", "\(common) <name> --reason <reason>"),
            ("account", "Show the exchange's account; put paper money in or take it out.", "<subcommand>"),
            ("account show", "Show the exchange's account and what the key may do.", hand),
            ("account deposit", "Put paper money into the account.", "\(common) <amount> [--reason <reason>]"),
            ("account withdraw", "Take paper money out of the account.", "\(common) <amount> [--reason <reason>]"),
            (
                "journal",
                "Verify the journal's chain, make its decisions again, rebuild what is read from it, or set it back after a clock that was ahead.",
                "<subcommand>"
            ),
            (
                "journal verify",
                "Check every entry's hash and all that stands beside the entries, the database, the ledger and the protection of every position.",
                "\(common) [--mark <mark>]"
            ),
            ("journal replay", "Make every decision again from the journal alone, and compare it with what was decided.", common),
            ("journal rebuild", "Rebuild every table that is read from the journal.", common),
            ("journal correct-clock", "Go on with a journal that has entries dated in the future.", "\(common) --reason <reason>"),
            ("order", "Place, look up and cancel orders on an exchange's testnet or a server on this machine.", "<subcommand>"),
            (
                "order buy", "Buy.",
                "\(hand) <symbol> [--quantity <quantity>] [--quote <quote>] [--limit <limit>] [--stop <stop>] [--stop-limit <stop-limit>] [--id <id>]"
            ),
            (
                "order sell", "Sell.",
                "\(hand) <symbol> [--quantity <quantity>] [--quote <quote>] [--limit <limit>] [--stop <stop>] [--stop-limit <stop-limit>] [--id <id>]"
            ),
            ("order show", "Ask what became of one order.", "\(hand) <symbol> <id>"),
            ("order open", "List open orders, of one pair or of all.", "\(hand) [<symbol>]"),
            ("order cancel", "Cancel one order (with its list), or everything on a pair.", "\(hand) <symbol> [<id>] [--all]"),
            ("order trades", "List the newest executions on a pair.", "\(hand) <symbol>"),
            ("exchange-info", "Show an exchange's rules for one pair.", "\(hand) <symbol>"),
            ("exchange", "Run a test exchange on loopback that speaks Binance's API.", nil),
            ("prompts", "Check and show the analysts' prompts, and judge an answer as the panel would.", "<subcommand>"),
            ("prompts check", "Name every problem of every prompt with file, line and variable.", nil),
            (
                "prompts render", "Show a prompt as a model would get it.",
                "<name> [--symbol <symbol>] [--at <2026-01-05T14:00:00Z>] [--news <FILE>] \(common)"
            ),
            ("prompts answer", "Judge a model's answer on standard input.", "--schema <schema> --symbols <A,B> [--json]"),
            ("candles", "Keep real candles for the lab: import, backfill, check, repair.", "<subcommand>"),
            (
                "candles import", "Take candles from .csv, .csv.gz and a venue's .zip files.",
                "[--store <store>] [--json] <files> ... [--symbol <symbol>] [--interval <interval>]"
            ),
            (
                "candles backfill", "Fetch candles from an exchange, month by month.",
                "[--store <store>] [--json] [--exchange <exchange>] [--address <URL>] --symbols <A,"
                    + "B> [--interval <interval>] --from <2024-01> [--to <2024-06>]"
            ),
            ("candles list", "Show each pair and interval: from, to, candles, size, gaps.", "[--store <store>] [--json] [--symbols <A,B>]"),
            ("candles gaps", "List what is missing of each pair, month by month.", "[--store <store>] [--json] [--symbols <A,B>]"),
            (
                "candles repair", "Fetch or import what is missing or damaged.",
                "[--store <store>] [--json] [--exchange <exchange>] [--address <URL>] [--symbols <A,B>] [<files> ...]"
            ),
            ("candles verify", "Check every block of every file and name what is damaged.", "[--store <store>] [--json] [--symbols <A,B>]"),
            ("indicators", "Print technical indicators of a candle file as CSV.", "[<file>] [--set <rsi:14,ema:9>] [--bench]"),
            (
                "metrics", "Show the figures of a series of returns: growth, risk, and how much of it may be luck.",
                "<RETURNS.csv> [--periods-per-year <N|auto>] [--json]"
            ),
            ("strategies", "List strategies, begin a new one, or show the language they are written in.", "<subcommand>"),
            ("strategies list", "List strategies and name every problem with file, line and column.", "[--config <config>] [--json]"),
            ("strategies new", "Write a strategy to begin with into the configured folder, every line explained.", "<name> [--config <config>]"),
            ("strategies reference", "Show every key, operator, field and indicator a strategy can use.", nil),
            ("backtest", "Trade a strategy on candles of the past.", "[<options>] <strategy>"),
            (
                "optimise", "Try a strategy with all values its parameters may have, or with some chosen at random.",
                "\(lab) [--random <random>] [--seed <seed>] [--top <top>]"
            ),
            ("doctor", "Check every part and every configured service, and say how to mend what does not work.", "\(common) [--offline]"),
            ("alert", "Tell the person that a unit failed (started by systemd).", "\(common) <unit>")
        ] as [(String, String, String?)])
    func help(command: String, abstract: String, usage: String?) async throws {
        let ended = try await bench.run(command.split(separator: " ").map(String.init) + ["--help"])
        #expect(ended.way == .exit(0) && ended.error.isEmpty)
        // Lines are broken for narrow terminals; the words are what counts.
        let head = ended.out.split(separator: "\n\n").first.map { $0.replacing("\n", with: " ") } ?? ""
        #expect(head == "OVERVIEW: \(abstract)")
        if let usage {
            let line = ended.out.split(separator: "\n").first { $0.hasPrefix("USAGE: ") } ?? ""
            #expect(line == "USAGE: carillon \(command.isEmpty ? "" : command + " ")\(usage)")
        }
    }

    @Test("every command that the program lists is in the table above")
    func nothingMissing() async throws {
        let ended = try await bench.run(["--help"])
        let listed = ended.out.split(separator: "\n").filter {
            $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.contains("--") && !$0.contains("See")
        }
        .compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(
            listed == [
                "demo", "cycle", "monitor", "run", "status", "report", "trades", "explain", "halt", "resume", "close", "breaker", "journal",
                "account", "order", "exchange-info",
                "exchange", "prompts", "candles", "indicators", "metrics", "strategies", "backtest", "optimise", "doctor", "alert", "telegram"
            ])
    }
}
