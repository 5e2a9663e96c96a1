import MarkKeys
import Signing
import Testing
import TransparencyLog
import _TestSupport

/// Notes and checkpoints that are made here.
@Suite struct SignedNoteTests {
  private func key(_ name: String, _ byte: UInt8) -> SigningKey {
    SigningKey(name: name, seed: Secret([UInt8](repeating: byte, count: 32)))
  }

  private func checkpoint(_ origin: String = "a.example/log") throws -> Checkpoint {
    try Checkpoint(origin: origin, head: TreeHead(size: 3, root: MerkleTree.emptyRoot))
  }

  @Test func whatIsSignedIsVerifiedAndReadBack() throws {
    let (log, witness) = (key("log", 1), key("w-1", 2))
    let signed = try checkpoint().signed(by: log).cosigned(by: witness, at: 1_800_000_000)
    let read = try SignedCheckpoint(parsing: Array(signed.text.utf8))
    #expect(read == signed)
    let signers = try read.signers(among: [
      VerifierKey(name: "a.example/log", signing: log.publicKey),
      VerifierKey(name: "w-1", cosigning: witness.publicKey),
    ])
    #expect(signers.signers == ["a.example/log"])
    #expect(signers.cosigners == [.init(name: "w-1", time: 1_800_000_000)])
  }

  @Test func anotherLogsKeyIsNotEnough() throws {
    let other = key("b.example/log", 3)
    let signed = try checkpoint().signed(by: other, named: other.name)
    let known = [try VerifierKey(name: other.name, signing: other.publicKey)]
    #expect(throws: CheckpointError.notSignedByLog("a.example/log")) {
      try signed.signers(among: known)
    }
    #expect(try signed.note.signers(among: known).map(\.key.name) == ["b.example/log"])
  }

  /// A cosignature is no signature, whatever the key is said to be for.
  @Test func theKindsOfSignaturesAreKeptApart() throws {
    let key = key("a.example/log", 4)
    let signed = try checkpoint().signed(by: key)
    let cosigning = try VerifierKey(name: key.name, cosigning: key.publicKey)
    #expect(throws: SignedNoteError.notSigned) { try signed.signers(among: [cosigning]) }
    let cosigned = try signed.cosigned(by: key, at: 0)
    let both = [cosigning, try VerifierKey(name: key.name, signing: key.publicKey)]
    let signers = try cosigned.signers(among: both)
    #expect(signers.signers == [key.name] && signers.cosigners.map(\.time) == [0])
  }

  @Test func oneCosignerCountsOnce() throws {
    let (log, witness) = (key("a.example/log", 1), key("w", 2))
    let signed = try checkpoint().signed(by: log).cosigned(by: witness, at: 5)
      .cosigned(by: witness, at: 6)
    let known = [
      try VerifierKey(name: log.name, signing: log.publicKey),
      try VerifierKey(name: "w", cosigning: witness.publicKey),
    ]
    #expect(try signed.signers(among: known + known).cosigners == [.init(name: "w", time: 5)])
  }

  @Test func namesAreComparedByTheirBytes() throws {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    let key = key("a", 5)
    let one = try VerifierKey(name: composed, signing: key.publicKey)
    let two = try VerifierKey(name: decomposed, signing: key.publicKey)
    #expect(one.identity != two.identity)
    let signed = try checkpoint(composed).signed(by: key)
    #expect(throws: SignedNoteError.notSigned) { try signed.signers(among: [two]) }
    let renamed = try checkpoint(composed).signed(by: key, named: decomposed)
    #expect(throws: CheckpointError.notSignedByLog(composed)) {
      try renamed.signers(among: [two])
    }
  }

  @Test(arguments: ["", "a b", "a+b", "a\u{2003}b", "a\nb", "a\u{7}b"])
  func someNamesCannotSign(_ name: String) throws {
    #expect(throws: VerifierKeyError.badName(name)) {
      try checkpoint().signed(by: key("a", 1), named: name)
    }
    #expect(throws: VerifierKeyError.badName(name)) {
      try checkpoint().signed(by: key("a", 1)).cosigned(by: key("a", 1), named: name, at: 0)
    }
  }

  @Test(arguments: ["", "a\nb", "a\tb"])
  func someOriginsAreNone(_ origin: String) {
    #expect(throws: CheckpointError.badOrigin) { try checkpoint(origin) }
  }

  @Test(arguments: UInt64(1)...3)
  func everyFlippedBitOfANoteIsNoticed(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let log = SigningKey(name: "a.example/log", seed: Secret(generator.bytes(32)))
    let signed = try checkpoint().signed(by: log)
    let known = [try VerifierKey(name: log.name, signing: log.publicKey)]
    let bytes = Array(signed.text.utf8)
    for bit in 0..<8 * bytes.count {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: (any Error).self, "\(generator), bit \(bit)") {
        try SignedCheckpoint(parsing: changed).signers(among: known)
      }
    }
    for count in bytes.indices {
      #expect(throws: (any Error).self, "\(generator), \(count) bytes") {
        try SignedCheckpoint(parsing: bytes.prefix(count)).signers(among: known)
      }
    }
  }

  /// Changes of a whole proof file are noticed, or change nothing that was asked for.
  @Test func everyFlippedBitOfAProofIsNoticed() throws {
    let log = key("a.example/log", 1)
    let leaves = (0..<7).map { Array("entry \($0)".utf8) }
    let hashes = leaves.map { leaf in leaf.withUnsafeBytes { MerkleTree.leafHash($0) } }
    let head = TreeHead(size: 7, root: MerkleTree.root(of: hashes))
    let path = MerkleProofs.inclusion(of: 4, size: 7, subtree: MerkleProofs.subtrees(of: hashes))
    let proof = TlogProof(
      index: 4, hashes: path,
      checkpoint: try Checkpoint(origin: log.name, head: head).signed(by: log))
    let known = [try VerifierKey(name: log.name, signing: log.publicKey)]
    let bytes = Array(proof.text.utf8)
    #expect(try TlogProof(parsing: bytes) == proof)
    let names = try leaves[4].withUnsafeBytes { try proof.verify(leaf: $0, keys: known).signers }
    #expect(names == [log.name])
    for bit in 0..<8 * bytes.count {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: (any Error).self, "bit \(bit)") {
        let other = try TlogProof(parsing: changed)
        try leaves[4].withUnsafeBytes { leaf in _ = try other.verify(leaf: leaf, keys: known) }
      }
    }
  }
}
