import HomeServing
import Testing
import _TestSupport

@Suite struct ByteRangeTests {
  @Test(arguments: [
    ("bytes=0-0", 10, ByteRange.part(0..<1)), ("bytes=2-5", 10, .part(2..<6)),
    ("bytes=2-", 10, .part(2..<10)), ("bytes=-3", 10, .part(7..<10)),
    ("bytes=-30", 10, .part(0..<10)), ("bytes=9-99", 10, .part(9..<10)),
    ("BYTES = 1 - 2", 10, .whole), ("Bytes=1-2", 10, .part(1..<3)),
    ("bytes= 1 - 2", 10, .part(1..<3)), ("bytes=10-", 10, .unsatisfiable),
    ("bytes=10-12", 10, .unsatisfiable), ("bytes=-0", 10, .unsatisfiable),
    ("bytes=0-", 0, .unsatisfiable), ("bytes=-1", 0, .unsatisfiable),
    ("bytes=99999999999999999999-", 10, .unsatisfiable),
    ("bytes=0-99999999999999999999", 10, .part(0..<10)),
    ("bytes=-99999999999999999999", 10, .part(0..<10)),
    // What is not understood is not there.
    ("bytes=5-2", 10, .whole), ("bytes=-", 10, .whole), ("bytes=", 10, .whole),
    ("bytes=1-2,4-5", 10, .whole), ("bytes=a-b", 10, .whole), ("bytes=1", 10, .whole),
    ("bytes=--1", 10, .whole), ("bytes=0x1-2", 10, .whole), ("bytes=+1-2", 10, .whole),
    ("lines=1-2", 10, .whole), ("", 10, .whole), ("bytes", 10, .whole),
    ("bytes=\u{0661}-\u{0662}", 10, .whole),
  ])
  func header(_ text: String, _ length: Int64, _ expected: ByteRange) {
    #expect(ByteRange(text, length: length) == expected)
  }

  @Test func noHeader() { #expect(ByteRange(nil, length: 5) == .whole) }

  @Test func anythingStaysInside() {
    var random = SeededGenerator(seed: 11)
    let letters = Array("bytes=0123456789-, ")
    for _ in 0..<20_000 {
      let text =
        "bytes="
        + String(
          (0..<Int.random(in: 0...8, using: &random)).map { _ in
            letters.randomElement(using: &random) ?? "-"
          })
      let length = Int64.random(in: 0...300, using: &random)
      guard case .part(let part) = ByteRange(text, length: length) else { continue }
      #expect(!part.isEmpty && part.lowerBound >= 0 && part.upperBound <= length, "\(text)")
    }
  }
}
