// A sum that hardly depends on the order of its terms: what each addition rounds away is kept beside it.

/// Neumaier's compensated sum (Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, 1974).
struct CompensatedSum {
    private var sum = 0.0, lost = 0.0

    mutating func add(_ x: Double) {
        let total = sum + x
        lost += sum.magnitude >= x.magnitude ? (sum - total) + x : (x - total) + sum
        sum = total
    }

    /// Not finite once a term or the sum was not.
    var value: Double { sum.isFinite ? sum + lost : sum }

    static func of(_ terms: some Sequence<Double>) -> Double {
        var sum = CompensatedSum()
        for term in terms { sum.add(term) }
        return sum.value
    }
}
