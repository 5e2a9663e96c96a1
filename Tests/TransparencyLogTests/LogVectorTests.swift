import CommandLineSupport
import MarkKeys
import Signing
import Testing
import TransparencyLog
import _TestSupport

extension Vector {
  fileprivate func words(_ name: String) throws -> [String] {
    try text(name).split(separator: " ").map(String.init)
  }

  fileprivate func leaf(_ word: String) throws -> [UInt8] {
    word == "empty" ? [] : try #require(Hexadecimal.bytes(word))
  }

  fileprivate var leaves: [SHA256Hash] {
    get throws {
      try words("leaves").map { word in
        try leaf(word).withUnsafeBytes { MerkleTree.leafHash($0) }
      }
    }
  }

  fileprivate func hashes(_ name: String) throws -> [SHA256Hash] {
    let words = try words(name)
    return try words == ["none"] ? [] : words.map { try #require(SHA256Hash(base64: $0)) }
  }

  fileprivate func key(_ name: String, seed: String) throws -> SigningKey {
    SigningKey(name: try text(name), seed: Secret(try #require(Hexadecimal.bytes(text(seed)))))
  }
}

/// The vectors of `Tests/Vectors/log` hold for this implementation as for any other.
@Suite struct LogVectorTests {
  static let names = Vector.names(in: "log").filter { !$0.hasSuffix("-probes.txt") }

  @Test func thereAreVectors() { #expect(Self.names.count > 150) }

  @Test(arguments: names)
  func vector(_ name: String) throws {
    let vector = try Vector("log", name)
    let expected = try vector.text("expect")
    do {
      switch try vector.text("kind") {
      case "tree": try checkTree(vector)
      case "inclusion": try checkInclusion(vector)
      case "consistency": try checkConsistency(vector)
      case "verifier-key": try checkVerifierKey(vector)
      case "note": try checkNote(vector)
      case "checkpoint": try checkCheckpoint(vector)
      case "signing": try checkSigning(vector)
      case "tlog-proof": try checkProof(vector)
      case let kind: Issue.record("unknown kind \(kind)")
      }
      #expect(expected == "success")
    } catch let fault as any LogFault {
      #expect(fault.word == expected, "\(fault)")
      #expect(!fault.description.isEmpty && fault.description.last != ".")
    }
  }

  private func checkTree(_ vector: Vector) throws {
    #expect(MerkleTree.root(of: try vector.leaves).base64 == (try vector.text("root")))
  }

  private func checkInclusion(_ vector: Vector) throws {
    let (leaves, index) = (try vector.leaves, try vector.number("index"))
    let proof = MerkleProofs.inclusion(
      of: index, size: leaves.count, subtree: MerkleProofs.subtrees(of: leaves))
    #expect(proof == (try vector.hashes("proof")))
    let head = TreeHead(size: leaves.count, root: MerkleTree.root(of: leaves))
    try MerkleProofs.verifyInclusion(of: leaves[index], at: index, in: head, proof: proof)
  }

  private func checkConsistency(_ vector: Vector) throws {
    let (leaves, oldSize) = (try vector.leaves, try vector.number("old-size"))
    let proof = MerkleProofs.consistency(
      from: oldSize, to: leaves.count, subtree: MerkleProofs.subtrees(of: leaves))
    #expect(proof == (try vector.hashes("proof")))
    try MerkleProofs.verifyConsistency(
      from: TreeHead(size: oldSize, root: MerkleTree.root(of: leaves.prefix(oldSize))),
      to: TreeHead(size: leaves.count, root: MerkleTree.root(of: leaves)), proof: proof)
  }

  private func checkVerifierKey(_ vector: Vector) throws {
    let key = try VerifierKey(vector.text("text"))
    #expect(key.text == vector.fields["text"])
    #expect(key.name == vector.fields["name"])
    let type = try vector.number("type")
    switch key.kind {
    case .signature(let key): #expect(type == 1 && key.text == vector.fields["public"])
    case .cosignature(let key): #expect(type == 4 && key.text == vector.fields["public"])
    case .unknown(let number, _): #expect(type == number)
    }
  }

  private func keys(_ vector: Vector) throws -> [VerifierKey]? {
    guard vector.fields["keys"] != nil else { return nil }
    return try vector.words("keys").map { try VerifierKey($0) }
  }

  private func checkNote(_ vector: Vector) throws {
    let note = try SignedNote(parsing: vector.body)
    #expect(Array(note.serialized.utf8) == vector.body)
    guard let keys = try keys(vector) else { return }
    let signers = try note.signers(among: keys)
    let names = signers.filter { $0.time == nil }.map(\.key.name)
    let cosigners = signers.compactMap { signer in signer.time.map { "\(signer.key.name) \($0)" } }
    #expect(names.joined(separator: " ") == vector.fields["signers"] ?? "")
    #expect(cosigners.joined(separator: ", ") == vector.fields["cosigners"] ?? "")
  }

  private func check(_ signers: SignedCheckpoint.Signers, _ vector: Vector) {
    #expect(signers.signers.joined(separator: " ") == vector.fields["signers"] ?? "")
    let cosigners = signers.cosigners.map { "\($0.name) \($0.time)" }
    #expect(cosigners.joined(separator: ", ") == vector.fields["cosigners"] ?? "")
  }

  private func checkCheckpoint(_ vector: Vector) throws {
    let signed = try SignedCheckpoint(parsing: vector.body)
    #expect(Array(signed.text.utf8) == vector.body)
    #expect(signed.checkpoint.text == signed.note.text)
    if let keys = try keys(vector) { check(try signed.signers(among: keys), vector) }
    #expect(signed.checkpoint.origin == vector.fields["origin"])
    #expect("\(signed.checkpoint.size)" == vector.fields["size"])
    #expect(signed.checkpoint.root.base64 == vector.fields["root"])
  }

  private func checkSigning(_ vector: Vector) throws {
    let root = try #require(SHA256Hash(base64: vector.text("root")))
    let head = TreeHead(size: try vector.number("size"), root: root)
    let checkpoint = try Checkpoint(origin: vector.text("origin"), head: head)
    let signed = try checkpoint.signed(by: vector.key("origin", seed: "log-seed"))
      .cosigned(by: vector.key("witness", seed: "witness-seed"), at: vector.number("time"))
    #expect(Array(signed.text.utf8) == vector.body)
  }

  private func checkProof(_ vector: Vector) throws {
    let proof = try TlogProof(parsing: vector.body)
    #expect(Array(proof.text.utf8) == vector.body)
    let signers = try vector.leaf(vector.text("leaf")).withUnsafeBytes { leaf in
      try proof.verify(leaf: leaf, keys: keys(vector) ?? [])
    }
    check(signers, vector)
    #expect("\(proof.index)" == vector.fields["index"])
    #expect(proof.extra.map { Hexadecimal.text($0) } == vector.fields["extra"])
  }
}
