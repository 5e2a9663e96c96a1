import Signing
import Testing
import TransparencyLog
import _TestSupport

/// Proofs of random trees, and of these proofs changed.
@Suite struct ProofTests {
  private func leaves(_ count: Int, _ generator: inout SeededGenerator) -> [SHA256Hash] {
    (0..<count).compactMap { _ in SHA256Hash(bytes: generator.bytes(32)) }
  }

  /// What a proof can turn into: a hash with one bit flipped, one too few, one too many, an exchange.
  private func changes(
    of proof: [SHA256Hash], _ generator: inout SeededGenerator
  ) throws -> [[SHA256Hash]] {
    var changes: [[SHA256Hash]] = []
    for place in proof.indices {
      for bit in 0..<256 {
        var bytes = proof[place].bytes
        bytes[bit / 8] ^= 1 << (bit % 8)
        var changed = proof
        changed[place] = try #require(SHA256Hash(bytes: bytes))
        changes.append(changed)
      }
      var fewer = proof
      fewer.remove(at: place)
      changes.append(fewer)
    }
    for place in 0...proof.count {
      var more = proof
      let old = place < proof.count ? proof[place] : nil
      more.insert(try old ?? #require(SHA256Hash(bytes: generator.bytes(32))), at: place)
      changes.append(more)
    }
    if proof.count > 1 { changes.append(proof.reversed()) }
    return changes
  }

  @Test(arguments: UInt64(1)...12)
  func anInclusionProofHoldsAndItsChangesDoNot(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let leaves = leaves(.random(in: 1...600, using: &generator), &generator)
    let head = TreeHead(size: leaves.count, root: MerkleTree.root(of: leaves))
    let subtrees = MerkleProofs.subtrees(of: leaves)
    for _ in 0..<20 {
      let index = Int.random(in: leaves.indices, using: &generator)
      let proof = MerkleProofs.inclusion(of: index, size: leaves.count, subtree: subtrees)
      let leaf = leaves[index]
      #expect(throws: Never.self, "\(generator), leaf \(index) of \(leaves.count)") {
        try MerkleProofs.verifyInclusion(of: leaf, at: index, in: head, proof: proof)
      }
      for other in [index - 1, index + 1, index ^ 2, -1 - index, leaves.count + index]
      where other >= leaves.count || other < 0 || leaves[other] != leaf {
        #expect(throws: MerkleProofError.self, "\(generator), leaf \(index) at \(other)") {
          try MerkleProofs.verifyInclusion(of: leaf, at: other, in: head, proof: proof)
        }
      }
    }
    let index = Int.random(in: leaves.indices, using: &generator)
    let proof = MerkleProofs.inclusion(of: index, size: leaves.count, subtree: subtrees)
    let failures = try changes(of: proof, &generator).count { changed in
      (try? MerkleProofs.verifyInclusion(of: leaves[index], at: index, in: head, proof: changed))
        == nil
    }
    #expect(failures == proof.count * 258 + 1 + (proof.count > 1 ? 1 : 0), "\(generator)")
  }

  @Test(arguments: UInt64(101)...112)
  func aConsistencyProofHoldsAndItsChangesDoNot(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let leaves = leaves(.random(in: 2...600, using: &generator), &generator)
    let new = TreeHead(size: leaves.count, root: MerkleTree.root(of: leaves))
    let subtrees = MerkleProofs.subtrees(of: leaves)
    for _ in 0..<20 {
      let oldSize = Int.random(in: 1..<leaves.count, using: &generator)
      let old = TreeHead(size: oldSize, root: MerkleTree.root(of: leaves.prefix(oldSize)))
      let proof = MerkleProofs.consistency(from: oldSize, to: leaves.count, subtree: subtrees)
      #expect(throws: Never.self, "\(generator), \(oldSize) to \(leaves.count)") {
        try MerkleProofs.verifyConsistency(from: old, to: new, proof: proof)
      }
      for size in [oldSize - 1, oldSize + 1, leaves.count + 1, 0] {
        #expect(throws: MerkleProofError.self, "\(generator), \(size) for \(oldSize)") {
          let other = TreeHead(size: size, root: old.root)
          try MerkleProofs.verifyConsistency(from: other, to: new, proof: proof)
        }
      }
      #expect(throws: MerkleProofError.self, "\(generator), swapped \(oldSize)") {
        let (one, two) = (
          TreeHead(size: oldSize, root: new.root), TreeHead(size: leaves.count, root: old.root)
        )
        try MerkleProofs.verifyConsistency(from: one, to: two, proof: proof)
      }
    }
    let oldSize = Int.random(in: 1..<leaves.count, using: &generator)
    let old = TreeHead(size: oldSize, root: MerkleTree.root(of: leaves.prefix(oldSize)))
    let proof = MerkleProofs.consistency(from: oldSize, to: leaves.count, subtree: subtrees)
    let failures = try changes(of: proof, &generator).count { changed in
      (try? MerkleProofs.verifyConsistency(from: old, to: new, proof: changed)) == nil
    }
    #expect(failures == proof.count * 258 + 1 + (proof.count > 1 ? 1 : 0), "\(generator)")
  }

  /// Every pair of sizes, so that no shape of tree is left out.
  @Test func allSmallTreesProve() throws {
    var generator = SeededGenerator(seed: 70)
    let all = leaves(70, &generator)
    let roots = (0...70).map { MerkleTree.root(of: all.prefix($0)) }
    for size in 1...70 {
      let head = TreeHead(size: size, root: roots[size])
      let subtrees = MerkleProofs.subtrees(of: all)
      for index in 0..<size {
        let proof = MerkleProofs.inclusion(of: index, size: size, subtree: subtrees)
        try MerkleProofs.verifyInclusion(of: all[index], at: index, in: head, proof: proof)
        let old = TreeHead(size: index + 1, root: roots[index + 1])
        let growth = MerkleProofs.consistency(from: index + 1, to: size, subtree: subtrees)
        try MerkleProofs.verifyConsistency(from: old, to: head, proof: growth)
      }
    }
  }

  /// A log that keeps the roots of complete subtrees can answer all that is asked for.
  @Test func onlyAlignedRangesAreAskedFor() {
    for size in 1...130 {
      for index in 0..<size {
        func check(_ range: Range<Int>, ends: Set<Int>) {
          let width = range.count
          let power =
            width.nonzeroBitCount == 1 ? width : 2 << (Int.bitWidth - 1 - width.leadingZeroBitCount)
          #expect(range.lowerBound % power == 0)
          #expect(width == power || ends.contains(range.upperBound), "\(range) of \(size)")
        }
        _ = MerkleProofs.inclusion(of: index, size: size) { range in
          check(range, ends: [size])
          return MerkleTree.emptyRoot
        }
        _ = MerkleProofs.consistency(from: index + 1, to: size) { range in
          check(range, ends: [size, index + 1])
          return MerkleTree.emptyRoot
        }
      }
    }
  }

  @Test func numbersAtTheLimitDoNotTrap() {
    let hash = MerkleTree.emptyRoot
    let proof = [SHA256Hash](repeating: hash, count: 63)
    let head = TreeHead(size: .max, root: hash)
    for index in [0, 1, Int.max / 2, Int.max - 1, .max, .min, -1] {
      for count in [0, 1, 62, 63] {
        #expect(throws: MerkleProofError.self) {
          try MerkleProofs.verifyInclusion(
            of: hash, at: index, in: head, proof: Array(proof.prefix(count)))
        }
        #expect(throws: MerkleProofError.self) {
          let old = TreeHead(size: index, root: .of(UnsafeRawBufferPointer(start: nil, count: 0)))
          try MerkleProofs.verifyConsistency(
            from: old, to: TreeHead(size: .max, root: MerkleTree.nodeHash(hash, hash)),
            proof: Array(proof.prefix(count)))
        }
      }
    }
    #expect(MerkleProofs.inclusion(of: .max - 1, size: .max) { _ in hash }.count == 62)
    #expect(MerkleProofs.inclusion(of: 0, size: .max) { _ in hash }.count == 63)
  }
}
