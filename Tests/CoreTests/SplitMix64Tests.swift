// The generator's numbers are those of its authors' program: markets and jitter that were proven hang on them.
import Kernel
import Testing

@Suite("SplitMix64")
struct SplitMix64Tests {
    /// By `splitmix64.c` (S. Vigna, 2015).
    @Test("a seed's first numbers are the published ones")
    func published() {
        var generator = SplitMix64(seed: 1_234_567)
        let numbers: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431, 16_408_922_859_458_223_821
        ]
        #expect(numbers.map { _ in generator.next() } == numbers)
        var zero = SplitMix64(seed: 0)
        #expect(zero.next() == 0xE220_A839_7B1D_CDAF)
    }

    @Test("a number below a bound is there, each of them is met, and the seed alone decides")
    func bounds() {
        var generator = SplitMix64(seed: 5), again = generator
        let numbers = (0..<1_000).map { _ in generator.below(7) }
        #expect(Set(numbers) == Set(0..<7))
        #expect((0..<1_000).map { _ in again.below(7) } == numbers)
    }
}
