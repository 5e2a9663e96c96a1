import CommandLineSupport
package import Signing

extension MerkleProofs {
  /// Checks that a leaf is in a tree.
  ///
  /// The path of the leaf has two parts: up to where it meets the path of the last leaf, the bits of
  /// the index tell on which side the sibling is; above, all siblings are on the left.
  ///
  /// - Parameters:
  ///   - leaf: the hash of the leaf.
  ///   - index: its place, counted from 0.
  ///   - head: the tree.
  ///   - proof: the hashes beside its path, from the leaf up.
  /// - Throws: `MerkleProofError`.
  package static func verifyInclusion(
    of leaf: SHA256Hash, at index: Int, in head: TreeHead, proof: [SHA256Hash]
  ) throws(MerkleProofError) {
    guard index >= 0, index < head.size else {
      throw .indexOutOfRange(index: index, size: head.size)
    }
    let path = Path(index: index, size: head.size)
    guard proof.count == path.inner + path.border else {
      throw .wrongLength(count: proof.count, expected: path.inner + path.border)
    }
    var hash = leaf
    for (level, sibling) in proof.enumerated() {
      let isRight = level >= path.inner || index >> level & 1 == 1
      hash = isRight ? MerkleTree.nodeHash(sibling, hash) : MerkleTree.nodeHash(hash, sibling)
    }
    guard hash == head.root else { throw .wrongRoot }
  }

  /// Checks that a tree begins with the leaves of an older one.
  ///
  /// The proof is the path of the older tree's last complete subtree, from which both roots follow:
  /// the old one from the siblings on the left, the new one from all of them.
  ///
  /// - Parameters:
  ///   - old: the older tree, with 1 or more leaves.
  ///   - new: the newer tree.
  ///   - proof: as `consistency` makes it.
  /// - Throws: `MerkleProofError`.
  package static func verifyConsistency(
    from old: TreeHead, to new: TreeHead, proof: [SHA256Hash]
  ) throws(MerkleProofError) {
    guard old.size > 0 else { throw .emptyTree }
    guard old.size <= new.size else { throw .smallerTree(from: old.size, to: new.size) }
    if old.size == new.size {
      guard proof.isEmpty else { throw .wrongLength(count: proof.count, expected: 0) }
      guard old.root == new.root else { throw .wrongRoot }
      return
    }
    let path = Path(index: old.size - 1, size: new.size)
    // The last complete subtree of the old tree is this many levels above the leaves.
    let level = old.size.trailingZeroBitCount
    let isWhole = old.size == 1 << level
    let expected = (isWhole ? 0 : 1) + path.inner - level + path.border
    guard proof.count == expected else {
      throw .wrongLength(count: proof.count, expected: expected)
    }
    let start = isWhole ? old.root : proof[0]
    var oldHash = start
    var newHash = start
    for (step, sibling) in proof.dropFirst(isWhole ? 0 : 1).enumerated() {
      if step >= path.inner - level || (old.size - 1) >> (level + step) & 1 == 1 {
        oldHash = MerkleTree.nodeHash(sibling, oldHash)
        newHash = MerkleTree.nodeHash(sibling, newHash)
      } else {
        newHash = MerkleTree.nodeHash(newHash, sibling)
      }
    }
    guard oldHash == old.root else { throw .wrongOldRoot }
    guard newHash == new.root else { throw .wrongRoot }
  }

  /// The levels of a leaf's path below and above where it meets the path of the last leaf.
  private struct Path {
    let inner: Int
    let border: Int

    init(index: Int, size: Int) {
      inner = Int.bitWidth - (index ^ (size - 1)).leadingZeroBitCount
      border = (index >> inner).nonzeroBitCount
    }
  }
}

/// Why a proof does not show what it should.
package enum MerkleProofError: LogFault, Equatable {
  /// There is no such leaf in the tree.
  case indexOutOfRange(index: Int, size: Int)
  /// A tree without leaves is the beginning of any other; there is nothing to prove.
  case emptyTree
  /// The newer tree has fewer leaves than the older one.
  case smallerTree(from: Int, to: Int)
  /// The proof has another number of hashes than the sizes ask for.
  case wrongLength(count: Int, expected: Int)
  /// The proof leads to another root than that of the tree.
  case wrongRoot
  /// The proof leads to another root than that of the older tree.
  case wrongOldRoot

  package var word: String {
    switch self {
    case .indexOutOfRange: "index-out-of-range"
    case .emptyTree: "empty-tree"
    case .smallerTree: "smaller-tree"
    case .wrongLength: "wrong-length"
    case .wrongRoot: "wrong-root"
    case .wrongOldRoot: "wrong-old-root"
    }
  }

  package var description: String {
    switch self {
    case .indexOutOfRange(let index, let size):
      "there is no entry \(index) in a log of \(size) entries"
    case .emptyTree: "an empty log is the beginning of any log, which needs no proof"
    case .smallerTree(let old, let new):
      "the newer log has \(new) entries, fewer than the \(old) of the older one"
    case .wrongLength(let count, let expected):
      "the proof has \(count) hashes instead of \(expected)"
    case .wrongRoot: "the proof leads to another root hash than that of the log"
    case .wrongOldRoot: "the proof leads to another root hash than that of the older log"
    }
  }
}
