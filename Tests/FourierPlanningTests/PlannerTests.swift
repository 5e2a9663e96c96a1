import CommandLineSupport
import Testing

@testable import AudioMark
@testable import ImageMark

/// One planner serves sound and pictures.
@Suite struct PlannerTests {
  /// FFTW's planner, entered by two threads at once, loses its memory: it crashes within a second.
  @Test func soundAndPicturesPlanAtTheSameTime() {
    let kinds = 4
    let results = ParallelResults<Int>(count: kinds)
    inParallel(kinds) { kind in
      results.set(kind) {
        for round in 0..<1500 {
          if kind.isMultiple(of: 2) {
            _ = ComplexTransform(count: 60 + round % 97, isInverse: false)
          } else {
            _ = PlanarTransform(side: 16 + 2 * (round % 23))
          }
        }
        return 1
      }
    }
    #expect(throws: Never.self) { try results.values().reduce(0, +) == kinds }
    // What was planned meanwhile is right.
    let transform = ComplexTransform(count: 8, isInverse: false)
    for place in 0..<8 { transform.input[place] = SIMD2(1, 0) }
    transform.execute()
    #expect(transform.output[0] == SIMD2(8, 0) && transform.output[1] == .zero)
  }
}
