import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// Where the tile lies in films, as written down in docs/film-mark.md.
@Suite struct FilmVectorTests {
  static let names = Vector.names(in: "film")

  @Test func thereAreVectors() { #expect(Self.names.count == 8) }

  @Test(arguments: names) func isAsSpecified(_ name: String) throws {
    let vector = try Vector("film", name)
    switch try vector.text("kind") {
    case "number":
      let depth = try #require(Int(try vector.text("depth")))
      var samples = try numbers(vector.text("samples")).map { UInt16($0) }
      let count = samples.count
      let number = samples.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.map {
          FilmMarker.number($0, count: count, scale: 1 / Float(1 << (depth - 8)))
        }
      }
      #expect(number == UInt64(try vector.text("film"), radix: 16))
    case "moves":
      let moves = try origins(of: vector).moves.map { "\($0.x),\($0.y)" }
      #expect(moves.joined(separator: " ") == (try vector.text("moves")))
    default:
      #expect(try vector.text("kind") == "origins")
      let film = try #require(UInt64(try vector.text("film"), radix: 16))
      let all = try origins(of: vector)
      let places = try numbers(vector.text("stretches")).map { stretch in
        let origin = all.origin(stretch: stretch, film: film) * 4096
        return "\(Int(origin.x)),\(Int(origin.y))"
      }
      #expect(places.joined(separator: " ") == (try vector.text("origins")))
    }
  }

  private func origins(of vector: Vector) throws -> FilmOrigins {
    let secret = try #require(Hexadecimal.bytes(try vector.text("secret")))
    return FilmOrigins(key: MarkKey(name: "vector", secret: Secret(secret)))
  }

  private func numbers(_ text: String) -> [Int] {
    text.split(separator: " ").compactMap { Int($0) }
  }
}
