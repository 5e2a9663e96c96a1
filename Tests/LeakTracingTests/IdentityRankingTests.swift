import AudioMark
import Glibc
import LeakTracing
import MarkCode
import MarkKeys
import Testing
import _TestSupport

@Suite struct IdentityRankingTests {
  /// Tables and words give what encoding each message and adding up gives.
  @Test func ranksAndRatiosAreThoseOfTheCode() throws {
    var random = SeededGenerator(seed: 21)
    let code = try #require(MarkPlan.delivery.code(of: .identity))
    let ratios = (0..<code.codedBits).map { _ in Float.random(in: -3...3, using: &random) }
    let messages = (0..<3000).map { _ in
      Message(high: random.next(), low: random.next())
    }
    let expected = messages.map { message -> Double in
      zip(SymbolBits.encode(message, code), ratios).reduce(0.0) { sum, pair in
        let (sign, ratio) = (pair.0, Double(pair.1))
        // ln(P(y | bit) / ((P(y | 0) + P(y | 1)) / 2))
        return sum + (sign < 0 ? ratio : 0) - log((1 + exp(ratio)) / 2)
      }
    }
    let ranking = IdentityRanking(ratios: ratios)
    for (message, value) in zip(messages, expected) {
      #expect(abs(ranking.logarithmOfRatio(message) - value) < 1e-3)
    }
    let order = messages.indices.sorted { expected[$0] > expected[$1] }
    // Single precision may exchange neighbours whose scores are nearly equal.
    let ranked = ranking.best(of: messages, count: 3000)
    #expect(Set(ranked).count == 3000)
    for (one, next) in zip(ranked, ranked.dropFirst()) {
      #expect(expected[one] > expected[next] - 1e-3)
    }
    #expect(ranking.best(of: messages, count: 20) == Array(ranked.prefix(20)))
    let likelihoods = ranking.likelihoods(of: messages, places: order)
    #expect(abs(likelihoods.reduce(0, +) - 1) < 1e-3)
    #expect(
      abs(log(likelihoods[0] / likelihoods[1]) - expected[order[0]] + expected[order[1]]) < 1e-3)
  }
}
