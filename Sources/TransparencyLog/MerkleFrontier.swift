package import Signing

/// The right edge of a growing tree: all that is needed to add leaves and to tell the root.
///
/// It holds the roots of the complete subtrees the leaves make up, one for each bit of the size.
package struct MerkleFrontier: Hashable, Sendable {
  /// The number of leaves.
  package private(set) var size: Int
  /// The roots of the complete subtrees, from left to right, the largest one first.
  package private(set) var hashes: [SHA256Hash]

  /// A tree without leaves.
  package init() {
    size = 0
    hashes = []
  }

  /// Continues from what was kept; nil when the number of hashes does not fit the size.
  package init?(size: Int, hashes: [SHA256Hash]) {
    guard size >= 0, hashes.count == size.nonzeroBitCount else { return nil }
    self.size = size
    self.hashes = hashes
  }

  /// Adds one leaf hash; amortised two hashes are computed, and nothing is allocated but for the
  /// first leaves.
  package mutating func append(_ leaf: SHA256Hash) {
    append(leaf, level: 0)
  }

  /// Adds the root of a complete subtree of 2^level leaves.
  ///
  /// The size must be a multiple of 2^level.
  package mutating func append(_ subtree: SHA256Hash, level: Int) {
    precondition(
      (0..<Int.bitWidth - 2).contains(level) && size & (1 << level - 1) == 0, "not aligned")
    var hash = subtree
    // As in counting: each subtree of the same size to the left is carried upwards.
    var left = size >> level
    while left & 1 == 1 {
      hash = MerkleTree.nodeHash(hashes.removeLast(), hash)
      left >>= 1
    }
    hashes.append(hash)
    size += 1 << level
  }

  /// The root hash; up to one hash for each bit of the size is computed.
  package var root: SHA256Hash {
    guard var hash = hashes.last else { return MerkleTree.emptyRoot }
    for left in hashes.dropLast().reversed() { hash = MerkleTree.nodeHash(left, hash) }
    return hash
  }

  /// The size and the root.
  package var head: TreeHead { TreeHead(size: size, root: root) }
}
