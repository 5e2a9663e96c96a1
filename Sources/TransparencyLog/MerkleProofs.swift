package import Signing

/// Makes and checks proofs about a tree (RFC 6962, section 2.1; RFC 9162, section 2.1).
package enum MerkleProofs {
  /// The proof that a leaf is in a tree: the hashes beside its path, from the leaf up.
  ///
  /// - Parameters:
  ///   - index: the leaf, counted from 0, below the size.
  ///   - size: the number of leaves.
  ///   - subtree: the root hash over the leaves of a range. The ranges asked for begin at a multiple
  ///     of the smallest power of two that is not below their length; all are complete subtrees
  ///     but one, which ends at the size.
  /// - Returns: at most 63 hashes.
  /// - Throws: what `subtree` throws.
  package static func inclusion(
    of index: Int, size: Int, subtree: (Range<Int>) throws -> SHA256Hash
  ) rethrows -> [SHA256Hash] {
    precondition((0..<size).contains(index))
    var range = 0..<size
    var siblings: [Range<Int>] = []
    while range.count > 1 {
      let middle = range.lowerBound + MerkleTree.split(range.count)
      if index < middle {
        siblings.append(middle..<range.upperBound)
        range = range.lowerBound..<middle
      } else {
        siblings.append(range.lowerBound..<middle)
        range = middle..<range.upperBound
      }
    }
    return try siblings.reversed().map(subtree)
  }

  /// The proof that a tree begins with the leaves of a smaller one.
  ///
  /// - Parameters:
  ///   - oldSize: the number of leaves of the smaller tree, 1 or more.
  ///   - newSize: the number of leaves of the larger one, at least the old size.
  ///   - subtree: as for `inclusion`; one more range may be asked for, which ends at the old size.
  /// - Returns: at most 64 hashes; none for equal sizes.
  /// - Throws: what `subtree` throws.
  package static func consistency(
    from oldSize: Int, to newSize: Int, subtree: (Range<Int>) throws -> SHA256Hash
  ) rethrows -> [SHA256Hash] {
    precondition(oldSize > 0 && oldSize <= newSize)
    var range = 0..<newSize
    var parts: [Range<Int>] = []
    while range.upperBound != oldSize {
      let middle = range.lowerBound + MerkleTree.split(range.count)
      if oldSize <= middle {
        parts.append(middle..<range.upperBound)
        range = range.lowerBound..<middle
      } else {
        parts.append(range.lowerBound..<middle)
        range = middle..<range.upperBound
      }
    }
    // Whoever has the old root needs no hash of the old tree as a whole.
    if range.lowerBound > 0 { parts.append(range) }
    return try parts.reversed().map(subtree)
  }

  /// Answers for `subtree` from leaf hashes in memory; each computes as many hashes as it has leaves.
  package static func subtrees(of leaves: [SHA256Hash]) -> (Range<Int>) -> SHA256Hash {
    { range in MerkleTree.root(of: leaves[range]) }
  }
}
