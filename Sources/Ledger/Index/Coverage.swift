package import Signing
package import Trade
package import TransparencyLog

/// How far a ledger has been read, and what its tree is up to there.
package struct Coverage: Sendable, Equatable {
  /// Leaves of a block: the index keeps the hash of each complete one.
  package static let blockSize: Int64 = 256

  /// The number of entries.
  package var count: Int64 = 0
  /// The number of bytes.
  package var end: Int64 = 0
  /// Where the last entry starts.
  package var lastPlace: Int64 = 0
  /// The leaf hash of the last entry.
  package var lastLeaf: SHA256Hash?
  /// The time of the last entry.
  package var lastTime: UTCTime?
  /// Where the first entry of the last, incomplete block starts.
  package var blockPlace: Int64 = 0
  /// The tree of the complete blocks.
  package var blocks = MerkleFrontier()
  /// The tree of the incomplete block.
  package var block = MerkleFrontier()

  /// Whether the places can be those of a ledger.
  var isPlausible: Bool {
    (0..<end).contains(lastPlace) && (0...end).contains(blockPlace)
      && end - lastPlace <= Int64(EntryReader.longestLine) + 1 && count <= end
  }

  /// The root of the tree.
  package var root: SHA256Hash {
    get throws { try frontier.root }
  }

  /// The whole tree.
  package var frontier: MerkleFrontier {
    get throws {
      guard
        let whole = MerkleFrontier(size: Int(count), hashes: blocks.hashes + block.hashes)
      else { throw IndexFault.damaged }
      return whole
    }
  }

  /// Adds an entry.
  ///
  /// - Returns: the block that this entry completed.
  mutating func add(leaf: SHA256Hash, at place: Int64, until end: Int64, time: UTCTime) -> Block? {
    count += 1
    self.end = end
    lastPlace = place
    lastLeaf = leaf
    lastTime = time
    block.append(leaf)
    guard count % Self.blockSize == 0 else { return nil }
    let complete = Block(
      number: count / Self.blockSize - 1, place: blockPlace, hash: block.root)
    blocks.append(complete.hash, level: 8)
    block = MerkleFrontier()
    blockPlace = end
    return complete
  }

  /// 256 entries whose subtree is complete.
  struct Block: Sendable, Equatable {
    /// Counted from 0.
    let number: Int64
    /// Where its first entry starts.
    let place: Int64
    /// The root of its subtree.
    let hash: SHA256Hash
  }
}
