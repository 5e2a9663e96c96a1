import MarkKeys
import Signing
import Testing
import TransparencyLog
import _TestSupport

/// Go's checksum database reads what is written here, and what it writes is read here.
@Suite struct GoRefereeTests {
  static let seeds = UInt64(1)...6
  let folder = TemporaryFolder()

  /// A log with random entries, one a line in a file.
  private struct Log {
    let origin = "ledger.example/go"
    let seed: [UInt8]
    let entries: [[UInt8]]
    let hashes: [SHA256Hash]
    let index: Int
    let oldSize: Int
    let path: String

    init(seed: UInt64, in folder: TemporaryFolder) throws {
      var generator = SeededGenerator(seed: seed)
      self.seed = generator.bytes(32)
      entries = (0..<Int.random(in: 1...600, using: &generator)).map { number in
        let count = Int.random(in: 0...60, using: &generator)
        return Array("\(number) ".utf8) + generator.bytes(count).map { 0x20 + $0 % 0x5F }
      }
      hashes = entries.map { entry in entry.withUnsafeBytes { MerkleTree.leafHash($0) } }
      index = Int.random(in: entries.indices, using: &generator)
      oldSize = Int.random(in: 1...entries.count, using: &generator)
      path = try folder.write("entries", entries.joined(separator: [0x0A]) + [0x0A])
    }

    var key: SigningKey { SigningKey(name: origin, seed: Secret(seed)) }

    var verifierKey: VerifierKey {
      get throws { try VerifierKey(name: origin, signing: key.publicKey) }
    }

    func head(_ size: Int) -> TreeHead {
      TreeHead(size: size, root: MerkleTree.root(of: hashes.prefix(size)))
    }

    var proof: TlogProof {
      get throws {
        let subtrees = MerkleProofs.subtrees(of: hashes)
        return TlogProof(
          index: index,
          hashes: MerkleProofs.inclusion(of: index, size: hashes.count, subtree: subtrees),
          checkpoint: try Checkpoint(origin: origin, head: head(hashes.count)).signed(by: key))
      }
    }
  }

  @Test(arguments: seeds)
  func goOpensOurCheckpoint(_ seed: UInt64) throws {
    let (referee, log) = (try GoReferee(), try Log(seed: seed, in: folder))
    let signed = try log.proof.checkpoint
    let witness = SigningKey(name: "witness.example/w1", seed: Secret(log.seed.reversed()))
    for text in [signed.text, try signed.cosigned(by: witness, at: 1_800_000_000).text] {
      let result = try referee.run(["open", log.verifierKey.text], input: text)
      #expect(result.status == 0, "seed \(seed): \(result.errors)")
      #expect(result.text == signed.checkpoint.text)
    }
    let changed = signed.text.replacing("\n\(log.hashes.count)\n", with: "\n1234567\n")
    let result = try referee.run(["open", log.verifierKey.text], input: changed)
    #expect(result.status == 1 && result.errors.contains("invalid signature"))
  }

  @Test(arguments: seeds)
  func goAcceptsOurProofs(_ seed: UInt64) throws {
    let (referee, log) = (try GoReferee(), try Log(seed: seed, in: folder))
    let proof = try folder.write("proof", log.proof.text.utf8)
    let leaf = try folder.write("leaf", log.entries[log.index])
    let result = try referee.run(["check", log.verifierKey.text, leaf, proof])
    #expect(result.status == 0, "seed \(seed): \(result.errors)")
    let other = try folder.write("other", log.entries[log.index] + [0x20])
    #expect(try referee.run(["check", log.verifierKey.text, other, proof]).status == 1)

    let (old, new) = (log.head(log.oldSize), log.head(log.hashes.count))
    let hashes = MerkleProofs.consistency(
      from: old.size, to: new.size, subtree: MerkleProofs.subtrees(of: log.hashes))
    func consistency(_ oldRoot: SHA256Hash) throws -> Subprocess {
      try referee.run(
        ["consistency", "\(old.size)", oldRoot.base64, "\(new.size)", new.root.base64],
        input: hashes.map { $0.base64 + "\n" }.joined())
    }
    let growth = try consistency(old.root)
    #expect(growth.status == 0, "seed \(seed): \(growth.errors)")
    #expect(try consistency(MerkleTree.emptyRoot).status == 1)
  }

  @Test(arguments: seeds)
  func weAcceptTheProofsOfGo(_ seed: UInt64) throws {
    let (referee, log) = (try GoReferee(), try Log(seed: seed, in: folder))
    let result = try referee.run([
      "make", Hexadecimal.text(log.seed), log.origin, log.path, "\(log.index)",
    ])
    #expect(result.status == 0, "seed \(seed): \(result.errors)")
    let proof = try TlogProof(parsing: result.output)
    let signers = try log.entries[log.index].withUnsafeBytes { entry in
      try proof.verify(leaf: entry, keys: [log.verifierKey])
    }
    #expect(signers.signers == [log.origin])
    #expect(result.text == (try log.proof.text), "seed \(seed)")
  }

  @Test(arguments: seeds)
  func weAcceptTheGrowthOfGo(_ seed: UInt64) throws {
    let (referee, log) = (try GoReferee(), try Log(seed: seed, in: folder))
    let result = try referee.run(["grow", log.path, "\(log.oldSize)"])
    #expect(result.status == 0, "seed \(seed): \(result.errors)")
    let hashes = try result.text.split(separator: "\n").map {
      try #require(SHA256Hash(base64: $0))
    }
    let old = TreeHead(size: log.oldSize, root: hashes[0])
    let new = TreeHead(size: log.hashes.count, root: hashes[1])
    #expect(old == log.head(log.oldSize) && new == log.head(log.hashes.count))
    try MerkleProofs.verifyConsistency(from: old, to: new, proof: Array(hashes.dropFirst(2)))
  }

  /// Whether Go and we agree on every case of consistency whose numbers are not zero.
  @Test func goAgreesOnTheProbes() throws {
    let referee = try GoReferee()
    for probe in try ProbeTests.Probe.all("consistency") where probe.numbers.allSatisfy({ $0 > 0 })
    {
      let roots = probe.hashes.compactMap { $0?.base64 }
      let result = try referee.run(
        ["consistency", "\(probe.numbers[0])", roots[0], "\(probe.numbers[1])", roots[1]],
        input: probe.proof.map { $0.base64 + "\n" }.joined())
      #expect((result.status == 0) == probe.isValid, "\(probe): \(result.errors)")
    }
  }
}
