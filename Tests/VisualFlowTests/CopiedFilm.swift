import MovieFragments
import Testing

/// A film as it was delivered, taken apart.
struct CopiedFilm {
  /// The fragments' numbers.
  private(set) var numbers: [Int] = []
  /// For each segment, the samples of its pictures.
  private(set) var pictures: [ArraySlice<UInt8>] = []
  /// The frames of sound.
  private(set) var sound: [ArraySlice<UInt8>] = []

  /// - Parameter bytes: of the file.
  /// - Throws: when it is built in another way.
  init(_ bytes: [UInt8]) throws {
    let boxes = try MovieBox.all(in: bytes, bytes.indices)
    func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    try #require(boxes.prefix(4).map(\.type) == ["ftyp", "moov", "sidx", "sidx"])
    for place in stride(from: 4, to: boxes.count, by: 2) {
      let (fragment, data) = (boxes[place], boxes[place + 1])
      try #require(fragment.type == "moof" && data.type == "mdat")
      numbers.append(number(fragment.range.lowerBound + 20))
      // The boxes traf behind mfhd: that of the pictures, and that of the sound.
      let parts = try MovieBox.all(
        in: bytes, fragment.contents.lowerBound + 16..<fragment.contents.upperBound)
      try #require(parts.map(\.type) == ["traf", "traf"])
      // traf, tfhd, tfdt; then of trun flags, count, place of the data.
      let run = parts[1].range.lowerBound + 8 + 16 + 20 + 8
      var at = fragment.range.lowerBound + number(run + 8)
      pictures.append(bytes[data.contents.lowerBound..<at])
      let hasLengths = number(run) & 0x100 != 0
      for frame in 0..<number(run + 4) {
        let size = number(run + 12 + (hasLengths ? 8 * frame + 4 : 4 * frame))
        sound.append(bytes[at..<at + size])
        at += size
      }
      #expect(at == data.contents.upperBound)
    }
  }
}

/// Two variants, of which a copy has taken one piece after the other.
struct Exchange {
  let variants: [[UInt8]]
  private var places = [0, 0]
  /// How many pieces fit one variant alone, for each.
  private(set) var taken = [0, 0]

  init(_ variants: [[UInt8]]) { self.variants = variants }

  /// Takes the next piece, which must be that of one of the variants.
  mutating func take(_ piece: ArraySlice<UInt8>, _ sizes: [Int]) {
    let fits = (0..<2).map { variant in
      piece == variants[variant][places[variant]..<places[variant] + sizes[variant]]
    }
    #expect(fits.contains(true))
    if fits != [true, true], let one = fits.firstIndex(of: true) { taken[one] += 1 }
    for variant in 0..<2 { places[variant] += sizes[variant] }
  }

  var isAtTheEnd: Bool { places == variants.map(\.count) }
}
