// How long until one could know, computed before anybody starts to wait.

public enum SampleSize {
    /// n = ceil((z95 + z80)² sd² / delta²): one-sided 5 %, power 80 %. sd and delta in one unit; nil unless
    /// delta is above zero and n is a countable number.
    public static func needed(deviation sd: Double, difference delta: Double) -> Int? {
        guard delta > 0 else { return nil }
        let z = NormalQuantile.z95 + NormalQuantile.z80
        let n = (z * z * sd * sd / (delta * delta)).rounded(.up)
        return n < 1e15 ? Int(n) : nil
    }
}
