package import AudioMark

/// What each symbol of a master is: enough to know which variant a delivery takes there.
package struct MasterIndex: Sendable, Equatable {
  /// For each slot of a period, its layer.
  package let layers: [MarkLayer]
  /// For each slot of a period, its number among the slots of its layer.
  package let numberInLayer: [Int]
  /// For each symbol, whether the variants differ in it; never in a copyright slot.
  package private(set) var differs: [Bool] = []
  /// For each FLAC frame, its length in variant A and in variant B; empty without FLAC.
  package private(set) var frameSizes: [(a: UInt32, b: UInt32)] = []

  /// Whole symbols of the recording.
  package var symbolCount: Int { differs.count }

  /// The index of a recording without symbols yet.
  init(layers: [MarkLayer]) {
    self.layers = layers
    var counts: [MarkLayer: Int] = [:]
    numberInLayer = layers.map { layer in
      defer { counts[layer, default: 0] += 1 }
      return counts[layer, default: 0]
    }
  }

  /// The layer of a symbol.
  package func layer(ofSymbol symbol: Int) -> MarkLayer { layers[symbol % layers.count] }

  /// The number of a symbol among all of its layer, from the beginning of the recording.
  package func number(ofSymbol symbol: Int) -> Int {
    let slot = symbol % layers.count
    return symbol / layers.count * (layers.count / 3) + numberInLayer[slot]
  }

  /// How many symbols of the recording belong to a layer: for the fingerprint, the bits that a
  /// codeword must have.
  package func count(of layer: MarkLayer) -> Int {
    let rest = symbolCount % layers.count
    return symbolCount / layers.count * (layers.count / 3)
      + layers[..<rest].count { $0 == layer }
  }

  /// Adds the next symbol.
  mutating func append(differs: Bool) { self.differs.append(differs) }

  /// Puts the lengths of all FLAC frames in.
  mutating func set(frameSizes a: [UInt32], _ b: [UInt32]) {
    frameSizes = zip(a, b).map { (a: $0, b: $1) }
  }

  package static func == (left: MasterIndex, right: MasterIndex) -> Bool {
    left.bytes == right.bytes
  }
}

extension MasterIndex {
  private static let magic = Array("SKMINDX1".utf8)

  /// The bytes of the file; `docs/master-format.md` explains them.
  package var bytes: [UInt8] {
    var bytes = Self.magic
    append(UInt32(symbolCount), &bytes)
    append(UInt32(frameSizes.count), &bytes)
    bytes += layers.map(\.code)
    var bits = [UInt8](repeating: 0, count: (symbolCount + 7) / 8)
    for symbol in differs.indices where differs[symbol] { bits[symbol / 8] |= 1 << (symbol % 8) }
    bytes += bits
    bytes.reserveCapacity(bytes.count + 8 * frameSizes.count)
    for (a, b) in frameSizes {
      append(a, &bytes)
      append(b, &bytes)
    }
    return bytes
  }

  private func append(_ value: UInt32, _ bytes: inout [UInt8]) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// Reads the bytes of the file.
  ///
  /// - Throws: `IndexFault`.
  init(parsing bytes: UnsafeRawBufferPointer) throws(IndexFault) {
    let period = MarkGeometry.period
    let start = Self.magic.count + 8
    guard bytes.count >= start + period, bytes.starts(with: Self.magic) else {
      throw IndexFault("it is no index")
    }
    func number(_ offset: Int) -> UInt32 {
      UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
    let symbols = Int(number(start - 8))
    let frames = Int(number(start - 4))
    let bits = start + period
    let sizes = bits + (symbols + 7) / 8
    guard bytes.count == sizes + 8 * frames else { throw IndexFault("its length is wrong") }
    guard frames == 0 || (symbols...symbols + 1).contains(frames) else {
      throw IndexFault("its number of frames is wrong")
    }
    var layers: [MarkLayer] = []
    for code in bytes[start..<bits] {
      guard let layer = MarkLayer(code: code) else { throw IndexFault("a layer is unknown") }
      layers.append(layer)
    }
    for layer in MarkLayer.allCases where layers.count(where: { $0 == layer }) != period / 3 {
      throw IndexFault("the layers do not have a third of the slots each")
    }
    self.init(layers: layers)
    differs = (0..<symbols).map { bytes[bits + $0 / 8] >> ($0 % 8) & 1 == 1 }
    if symbols % 8 != 0, bytes[sizes - 1] >> (symbols % 8) != 0 {
      throw IndexFault("there are bits behind the last symbol")
    }
    for symbol in differs.indices where differs[symbol] && layers[symbol % period] == .copyright {
      throw IndexFault("the variants differ in symbol \(symbol), a copyright slot")
    }
    frameSizes = (0..<frames).map { (number(sizes + 8 * $0), number(sizes + 8 * $0 + 4)) }
    for (frame, size) in frameSizes.enumerated() {
      let isFrame = size.a > 0 && size.b > 0 && max(size.a, size.b) < 1 << 24
      let mayDiffer = frame < symbols && differs[frame]
      guard isFrame, mayDiffer || size.a == size.b else {
        throw IndexFault("the lengths of frame \(frame) are wrong")
      }
    }
  }
}

/// Why bytes are no index.
struct IndexFault: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

extension MarkLayer {
  /// The byte that stands for it.
  fileprivate var code: UInt8 {
    switch self {
    case .copyright: 0
    case .identity: 1
    case .fingerprint: 2
    }
  }

  fileprivate init?(code: UInt8) {
    guard let layer = MarkLayer.allCases.first(where: { $0.code == code }) else { return nil }
    self = layer
  }
}
