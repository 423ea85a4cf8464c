// A picture over time: lines and marks as SVG that stretches to any width, numbers beside it as text that does
// not. Lines keep their thickness and marks their shape, whatever the width.
import Kernel

struct Chart {
    struct Layer {
        /// Classes of the style sheet.
        let kind: String
        let path: String
    }
    let title: String
    /// The text for a person who does not see the picture.
    let description: String
    let time: TimeScale
    let values: ValueScale
    var isTall = true
    var layers: [Layer] = []

    /// Units of the picture; only their number of steps matters.
    private static let width = 3_000.0, height = 1_000.0

    func point(_ time: Int64, _ value: Double) -> String {
        "\(Int((self.time.share(time) * Self.width).rounded())) \(Int(((1 - values.share(value)) * Self.height).rounded()))"
    }

    /// One line through points; nothing if there are none.
    func line(_ points: [(time: Int64, value: Double)]) -> String {
        points.isEmpty ? "" : "M" + points.map { point($0.time, $0.value) }.joined(separator: "L")
    }

    /// The area between two lines.
    func area(_ upper: [(time: Int64, value: Double)], _ lower: [(time: Int64, value: Double)]) -> String {
        upper.isEmpty ? "" : line(upper) + "L" + lower.reversed().map { point($0.time, $0.value) }.joined(separator: "L") + "Z"
    }

    /// A mark at each point: a line without length, which its cap makes a dot or a square.
    func marks(_ points: [(time: Int64, value: Double)]) -> String { points.map { "M" + point($0.time, $0.value) + "h0" }.joined() }

    var markup: Markup {
        let lines = values.ticks.map { "M0 \(Int(((1 - values.share($0.value)) * Self.height).rounded()))h3000" }.joined()
        let shown = time.ticks.filter { (0.03...0.96).contains(time.share($0.time)) }
        return """
            <div class="\(isTall ? "plot tall" : "plot")"><svg role="img" aria-label="\(title + ". " + description)" viewBox="0 0 3000 1000" \
            preserveAspectRatio="none"><path class="grid" \
            d="\(lines)"/>\(layers.filter { !$0.path.isEmpty }.map { "<path class=\"\($0.kind)\" d=\"\($0.path)\"/>" as Markup })</svg>
            <div class="ys" aria-hidden="true">\
            \(values.ticks.map { "<span style=\"top:\(Self.percent(1 - values.share($0.value)))\">\($0.text)</span>" as Markup })</div>
            <div class="xs" aria-hidden="true">\
            \(shown.map { "<span style=\"left:\(Self.percent(time.share($0.time)))\">\($0.text)</span>" as Markup })</div></div>

            """
    }

    private static func percent(_ share: Double) -> String { (FixedDecimal(shortest: share * 100) ?? .zero).text(places: 2) + "%" }
}
