import MarkKeys

/// Some hundreds of candidates that are scored together, column by column.
///
/// First each codeword is made and packed: a column is a byte with the bits of eight slots. Then for each
/// column a table of the 256 sums is built, by one addition each, and looked up once a candidate.
/// The table stays in the nearest cache, which is why candidates come in blocks.
struct CandidateBlock: ~Copyable {
  private let search: CandidateSearch
  private let size: Int
  private var count = 0
  /// Bytes from one column to the next: an odd number of cache lines, lest they all compete for one
  /// place of the cache.
  private let stride: Int
  /// For each column, the bytes of all candidates.
  private let bits: UnsafeMutableBufferPointer<UInt8>
  private let stream: UnsafeMutableBufferPointer<UInt8>
  private let row: UnsafeMutableBufferPointer<UInt8>
  private let table: UnsafeMutableBufferPointer<SIMD4<Int32>>
  private let sums: UnsafeMutableBufferPointer<SIMD4<Int32>>

  init(search: CandidateSearch, size: Int) {
    self.search = search
    self.size = size
    stride = ((size + 63) / 64 | 1) * 64
    bits = .allocate(capacity: stride * search.columns.count)
    stream = .allocate(capacity: search.steps.count)
    row = .allocate(capacity: search.steps.count / 8)
    table = .allocate(capacity: 256 * search.fours)
    sums = .allocate(capacity: size * search.fours)
  }

  deinit {
    bits.deallocate()
    stream.deallocate()
    row.deallocate()
    table.deallocate()
    sums.deallocate()
  }

  /// The score of a candidate of the block.
  @inline(__always)
  func score(_ candidate: Int, decoder: Int) -> Int32 {
    sums[candidate * search.fours + decoder / 4][decoder % 4]
  }

  /// Scores at most as many candidates as the block has places for.
  mutating func score(_ messages: ArraySlice<Message>) {
    precondition(messages.count <= size)
    count = messages.count
    search.key.secret.withBytes { key in
      var place = 0
      for message in messages {
        FingerprintKey.write(
          stream, fromBlock: search.firstBlock, of: message, .codeword, key: key)
        pack()
        for (number, column) in search.columns.enumerated() {
          bits[number * stride + place] = row[column]
        }
        place += 1
      }
    }
    sums.update(repeating: SIMD4())
    for column in search.columns.indices {
      fillTable(column)
      let bytes = UnsafeBufferPointer(rebasing: bits[column * stride..<column * stride + count])
      switch search.fours {
      case 1: add1(bytes)
      case 3: add3(bytes)
      default: add(bytes, fours: search.fours)
      }
    }
  }

  /// Compares 16 bytes of the stream with the steps at a time and packs the outcomes.
  private func pack() {
    let places = SIMD16<UInt8>(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128)
    let source = UnsafeRawBufferPointer(stream)
    search.steps.withUnsafeBytes { steps in
      for start in Swift.stride(from: 0, to: source.count, by: 16) {
        let bytes = source.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self)
        let limits = steps.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self)
        let chosen = places.replacing(with: 0, where: bytes .>= limits)
        // Each byte has a bit of its own, so the highest byte of the product is their union.
        let halves = unsafeBitCast(chosen, to: SIMD2<UInt64>.self) &* 0x0101_0101_0101_0101
        row[start / 8] = UInt8(truncatingIfNeeded: halves.x >> 56)
        row[start / 8 + 1] = UInt8(truncatingIfNeeded: halves.y >> 56)
      }
    }
  }

  /// Fills the table of a column: the sum of a byte is that without its highest bit, and one weight.
  private func fillTable(_ column: Int) {
    let fours = search.fours
    for four in 0..<fours { table[four] = SIMD4() }
    search.weights.withUnsafeBytes { weights in
      for bit in 0..<8 {
        let half = 1 << bit
        for four in 0..<fours {
          let weight = weights.loadUnaligned(
            fromByteOffset: ((column * 8 + bit) * fours + four) * 16, as: SIMD4<Int32>.self)
          for byte in 0..<half {
            table[(half + byte) * fours + four] = table[byte * fours + four] &+ weight
          }
        }
      }
    }
  }

  private func add1(_ bytes: UnsafeBufferPointer<UInt8>) {
    for candidate in bytes.indices { sums[candidate] &+= table[Int(bytes[candidate])] }
  }

  private func add3(_ bytes: UnsafeBufferPointer<UInt8>) {
    for candidate in bytes.indices {
      let entry = 3 * Int(bytes[candidate])
      sums[3 * candidate] &+= table[entry]
      sums[3 * candidate + 1] &+= table[entry + 1]
      sums[3 * candidate + 2] &+= table[entry + 2]
    }
  }

  private func add(_ bytes: UnsafeBufferPointer<UInt8>, fours: Int) {
    for candidate in bytes.indices {
      let entry = fours * Int(bytes[candidate])
      for four in 0..<fours { sums[fours * candidate + four] &+= table[entry + four] }
    }
  }
}
