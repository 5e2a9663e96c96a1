package import MarkKeys

/// Everything the key decides: which bands each symbol raises, with which sign, for which layer.
///
/// Byte-exact rules are in `docs/audio-mark.md`.
package struct SlotSchedule: Sendable {
  private typealias G = MarkGeometry

  /// For each place 0..<32 (group times 16 plus place in the group), the band that sits there.
  package let bandAtPlace: [Int]
  /// For each band, its place.
  package let placeOfBand: [Int]
  /// For each place, the sign its band is multiplied with before patterns are compared: +1 or -1.
  package let maskAtPlace: [Float]
  /// For slot and group (slot times 2 plus group), the pattern 1...15: a row of the Hadamard matrix.
  package let pattern: [UInt8]
  /// For slot and group, the sign that whitens the coded bit: +1 or -1.
  package let whitening: [Float]
  /// For each slot, its layer in plan delivery.
  package let layer: [MarkLayer]
  /// For each slot, its number among the slots of its layer in plan delivery.
  package let numberInLayer: [Int]

  /// Derives the schedule of a key.
  package init(key: MarkKey) {
    var stream = PRFStream(key: key.subKey(.chips), domain: 1, index: 0)
    var places = [[Int]](repeating: [], count: G.groupCount)
    for pair in stride(from: 0, to: G.bandCount, by: 2) {
      let first = stream.next(below: 2)
      places[first].append(pair)
      places[1 - first].append(pair + 1)
    }
    for group in 0..<G.groupCount { stream.shuffle(&places[group]) }
    bandAtPlace = places.flatMap(\.self)
    var inverse = [Int](repeating: 0, count: G.bandCount)
    for (place, band) in bandAtPlace.enumerated() { inverse[band] = place }
    placeOfBand = inverse
    maskAtPlace = (0..<G.bandCount).map { _ in stream.next(below: 2) == 0 ? 1 : -1 }
    pattern = (0..<G.period * G.groupCount).map { _ in
      UInt8(1 + stream.next(below: G.groupSize - 1))
    }
    var signs = PRFStream(key: key.subKey(.code), domain: 1, index: 0)
    whitening = (0..<G.period * G.groupCount).map { _ in signs.next(below: 2) == 0 ? 1 : -1 }

    var order = PRFStream(key: key.subKey(.slots), domain: 1, index: 0)
    var layers: [MarkLayer] = []
    while layers.count < G.period {
      var six: [MarkLayer] = [
        .copyright, .copyright, .identity, .identity, .fingerprint, .fingerprint,
      ]
      order.shuffle(&six)
      layers += six
    }
    layer = layers
    var counts: [MarkLayer: Int] = [:]
    numberInLayer = layers.map { layer in
      defer { counts[layer, default: 0] += 1 }
      return counts[layer, default: 0]
    }
  }

  /// The chip, +1 or -1, of a band in a slot: whether bit 0 raises or lowers its first half.
  package func chip(slot: Int, band: Int) -> Float {
    let place = placeOfBand[band]
    let group = place / G.groupSize
    let row = Int(pattern[slot * G.groupCount + group])
    let sign: Float = (row & (place % G.groupSize)).nonzeroBitCount % 2 == 0 ? 1 : -1
    return sign * maskAtPlace[place]
  }
}
