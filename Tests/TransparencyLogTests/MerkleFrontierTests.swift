import Signing
import Testing
import TransparencyLog
import _TestSupport

/// The right edge of a growing tree.
@Suite struct MerkleFrontierTests {
  private func hashes(_ count: Int, seed: UInt64) -> [SHA256Hash] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).compactMap { _ in SHA256Hash(bytes: generator.bytes(32)) }
  }

  /// The definition of RFC 6962, section 2.1, as it stands there.
  private func root(_ leaves: ArraySlice<SHA256Hash>) -> SHA256Hash {
    guard leaves.count > 1 else { return leaves.first ?? MerkleTree.emptyRoot }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let middle = leaves.startIndex + split
    return MerkleTree.nodeHash(root(leaves[..<middle]), root(leaves[middle...]))
  }

  @Test func everyRootIsThatOfTheDefinition() {
    let leaves = hashes(600, seed: 1)
    var frontier = MerkleFrontier()
    #expect(frontier.root == MerkleTree.emptyRoot)
    for (index, leaf) in leaves.enumerated() {
      frontier.append(leaf)
      #expect(frontier.head == TreeHead(size: index + 1, root: root(leaves[...index])))
      #expect(frontier.hashes.count == frontier.size.nonzeroBitCount)
    }
  }

  @Test(arguments: UInt64(1)...10)
  func whatIsKeptGoesOn(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let leaves = hashes(.random(in: 2...600, using: &generator), seed: seed)
    let cut = Int.random(in: 0...leaves.count, using: &generator)
    var first = MerkleFrontier()
    for leaf in leaves[..<cut] { first.append(leaf) }
    var second = try #require(MerkleFrontier(size: first.size, hashes: first.hashes))
    #expect(first == second)
    for leaf in leaves[cut...] { second.append(leaf) }
    #expect(second.root == root(leaves[...]), "\(generator), cut at \(cut)")
  }

  @Test(arguments: UInt64(1)...10)
  func completeSubtreesAreAsGoodAsTheirLeaves(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let leaves = hashes(600, seed: seed)
    var frontier = MerkleFrontier()
    while frontier.size < leaves.count {
      let largest = min(frontier.size == 0 ? 9 : frontier.size.trailingZeroBitCount, 9)
      var level = Int.random(in: 0...largest, using: &generator)
      while frontier.size + 1 << level > leaves.count { level -= 1 }
      let range = frontier.size..<frontier.size + 1 << level
      frontier.append(root(leaves[range]), level: level)
    }
    #expect(frontier.root == root(leaves[...]), "\(generator)")
  }

  @Test func sizeAndHashesMustFit() {
    let one = hashes(1, seed: 1)
    #expect(MerkleFrontier(size: 0, hashes: []) == MerkleFrontier())
    #expect(MerkleFrontier(size: 4, hashes: one) != nil)
    #expect(MerkleFrontier(size: 3, hashes: one) == nil)
    #expect(MerkleFrontier(size: 0, hashes: one) == nil)
    #expect(MerkleFrontier(size: 1, hashes: []) == nil)
    #expect(MerkleFrontier(size: .min, hashes: one) == nil)
  }
}
