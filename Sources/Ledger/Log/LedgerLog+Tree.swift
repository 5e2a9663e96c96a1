package import Signing
package import TransparencyLog

extension LedgerLog {
  /// The size and root of the tree of all that was read.
  package var head: TreeHead {
    get throws { try coverage.frontier.head }
  }

  /// The root over a range of entries, as proofs need it.
  ///
  /// The range begins at a multiple of the smallest power of two that holds it. Complete blocks come
  /// from the index, single entries from the ledger.
  ///
  /// - Throws: what the index or the storage throws.
  package func subtree(_ range: Range<Int>) throws -> SHA256Hash {
    let size = Int(Coverage.blockSize)
    if range.count > size {
      let split = 1 << (Int.bitWidth - (range.count - 1).leadingZeroBitCount - 1)
      return try MerkleTree.nodeHash(
        subtree(range.lowerBound..<range.lowerBound + split),
        subtree(range.lowerBound + split..<range.upperBound))
    }
    let block = try self.block(Int64(range.lowerBound / size))
    if range.count == size, let hash = block.hash { return hash }
    return try MerkleTree.root(of: leaves(of: block.place, range.lowerBound % size, range.count))
  }

  /// Does many look-ups with one lock of the index.
  func readingIndex<Result>(_ body: () throws -> Result) throws -> Result {
    let index = index
    if index?.isReading ?? false { return try body() }
    try index?.beginReading()
    defer { index?.endReading() }
    return try body()
  }

  /// A block by its number: where it starts, and its root when it is complete.
  private func block(_ number: Int64) throws -> (place: Int64, hash: SHA256Hash?) {
    if number == coverage.count / Coverage.blockSize { return (coverage.blockPlace, nil) }
    if let block = stretch.blocks.first(where: { $0.number == number }) {
      return (block.place, block.hash)
    }
    guard let block = try fromIndex({ try $0.block(number) }) else { throw IndexFault.damaged }
    return (block.place, block.hash)
  }

  /// The hashes of some leaves of the block that starts at a place.
  private func leaves(of place: Int64, _ first: Int, _ count: Int) throws -> [SHA256Hash] {
    var leaves: [SHA256Hash] = []
    var number = 0
    try LineScanner(storage).scan(from: place, to: coverage.end, &buffer) { line, _ in
      if number >= first { leaves.append(MerkleTree.leafHash(line)) }
      number += 1
      return leaves.count < count
    }
    guard leaves.count == count else { throw IndexFault.damaged }
    return leaves
  }

  /// The inclusion proof of an entry in the tree of a size.
  ///
  /// - Throws: what the index or the storage throws.
  package func inclusionProof(of entry: Int64, size: Int64) throws -> [SHA256Hash] {
    try readingIndex {
      try MerkleProofs.inclusion(of: Int(entry), size: Int(size)) { try subtree($0) }
    }
  }

  /// The consistency proof from one size to another.
  ///
  /// - Throws: what the index or the storage throws.
  package func consistencyProof(from old: Int64, to size: Int64) throws -> [SHA256Hash] {
    try readingIndex {
      try MerkleProofs.consistency(from: Int(old), to: Int(size)) { try subtree($0) }
    }
  }

  /// The root of the tree of the first entries.
  ///
  /// - Throws: what the index or the storage throws.
  package func root(ofFirst size: Int64) throws -> SHA256Hash {
    if size == coverage.count { return try head.root }
    return try readingIndex { try subtree(0..<Int(size)) }
  }

  /// Shows the lines from an entry on, in order, without their ends.
  ///
  /// - Parameters:
  ///   - entry: the number of the first one.
  ///   - body: is lent each line until it returns.
  /// - Throws: what the index or the storage throws, and what `body` throws.
  package func visitLines(
    from entry: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard (0..<coverage.count).contains(entry) else { return }
    var number = entry - entry % Coverage.blockSize
    let place = try block(entry / Coverage.blockSize).place
    try LineScanner(storage).scan(from: place, to: coverage.end, &buffer) { line, _ in
      if number >= entry { try body(line) }
      number += 1
      return true
    }
  }

  /// Reads a line without its end by the number of its entry.
  ///
  /// - Returns: nil when there is no such entry.
  /// - Throws: what the index or the storage throws.
  package func line(of entry: Int64) throws -> [UInt8]? {
    guard (0..<coverage.count).contains(entry) else { return nil }
    let place = try block(entry / Coverage.blockSize).place
    var number = entry - entry % Coverage.blockSize
    var found: [UInt8]?
    try LineScanner(storage).scan(from: place, to: coverage.end, &buffer) { line, _ in
      if number == entry { found = Array(line) }
      number += 1
      return found == nil
    }
    return found
  }
}
