import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// The key schedule and the coding, as written down in docs/image-mark.md.
@Suite struct KeyScheduleVectorTests {
  static let names = Vector.names(in: "image")

  @Test func thereAreVectors() { #expect(Self.names.count == 9) }

  @Test(arguments: names) func isAsSpecified(_ name: String) throws {
    let vector = try Vector("image", name)
    let secret = try #require(Hexadecimal.bytes(try vector.text("secret")))
    let key = MarkKey(name: "vector", secret: Secret(secret))
    let lattice = CarrierLattice(key: key)
    if try vector.text("kind") == "template" {
      let points = lattice.template.map { "\($0.u),\($0.v)" }.joined(separator: " ")
      #expect(points == (try vector.text("points")))
      let phases = lattice.templatePhases.map { phase in
        String(Int((phase / (2 * .pi) * 65536).rounded()))
      }
      #expect(phases.joined(separator: " ") == (try vector.text("phases")))
      return
    }
    let chips =
      try vector.text("kind") == "segment"
      ? try segmentChips(vector, key, lattice) : try messageChips(vector, key, lattice)
    let bits = chips.map { $0 > 0 ? 0 : 1 }
    let bytes = stride(from: 0, to: bits.count, by: 8).map { first in
      (0..<8).reduce(UInt8(0)) { byte, place in
        byte << 1 | (first + place < bits.count ? UInt8(bits[first + place]) : 0)
      }
    }
    #expect(Hexadecimal.text(bytes) == (try vector.text("chips")))
  }

  private func messageChips(
    _ vector: Vector, _ key: MarkKey, _ lattice: CarrierLattice
  ) throws -> [Float] {
    let text = try vector.text("message")
    let message: ImageMessage =
      text.utf8.count == 32
      ? .full(try Message(hexadecimal: text)) : .short(try ShortMessage(hexadecimal: text))
    let code = ImageCode(
      key: key, messageBits: message.bitCount, carriers: lattice.carriers.count)
    return code.chips(message)
  }

  private func segmentChips(
    _ vector: Vector, _ key: MarkKey, _ lattice: CarrierLattice
  ) throws -> [Float] {
    let segment = FilmSegment(
      title: try vector.text("title"), number: try #require(Int(try vector.text("number"))),
      variant: try vector.text("variant") == "a" ? .a : .b)
    let tag = String(segment.titleTag, radix: 16)
    #expect(String(repeating: "0", count: 10 - tag.count) + tag == (try vector.text("tag")))
    #expect(FilmSegment(value: segment.value) == segment)
    return ImageCode(segmentsOf: key, carriers: lattice.carriers.count).chips(segment)
  }
}
