package import Signing

/// The hashes of a Merkle tree (RFC 6962, section 2.1; the same in RFC 9162), with SHA-256.
package enum MerkleTree {
  /// The root of a tree without leaves: the hash of nothing.
  package static let emptyRoot = SHA256Hash.of(UnsafeRawBufferPointer(start: nil, count: 0))

  /// The hash of one leaf, SHA-256(0x00 || data); nothing is allocated.
  package static func leafHash(_ data: UnsafeRawBufferPointer) -> SHA256Hash {
    var hasher = SHA256Hasher()
    hasher.update(0)
    hasher.update(data)
    return hasher.finish()
  }

  /// The hash of two subtrees side by side, SHA-256(0x01 || left || right); nothing is allocated.
  package static func nodeHash(_ left: SHA256Hash, _ right: SHA256Hash) -> SHA256Hash {
    var hasher = SHA256Hasher()
    hasher.update(1)
    hasher.update(left)
    hasher.update(right)
    return hasher.finish()
  }

  /// The root over leaf hashes.
  package static func root(of leaves: some Sequence<SHA256Hash>) -> SHA256Hash {
    var frontier = MerkleFrontier()
    for leaf in leaves { frontier.append(leaf) }
    return frontier.root
  }

  /// Where a tree of two or more leaves is divided: the largest power of two below its size.
  static func split(_ size: Int) -> Int {
    precondition(size > 1)
    return 1 << (Int.bitWidth - 1 - (size - 1).leadingZeroBitCount)
  }
}
