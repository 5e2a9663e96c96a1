import CommandLineSupport
package import Signing

/// A proof on its own that a log has an entry: place, hashes and checkpoint (C2SP tlog-proof).
package struct TlogProof: Hashable, Sendable {
  /// The first line of every proof.
  package static let firstLine = "c2sp.org/tlog-proof@v1"
  /// The most hashes a proof can have.
  package static let largestHashCount = 63

  /// Bytes for the application, one or more, that nothing vouches for; nil for none.
  package let extra: [UInt8]?
  /// The place of the entry, counted from 0.
  package let index: Int
  /// The hashes beside the path of the entry, from the leaf up.
  package let hashes: [SHA256Hash]
  /// The checkpoint of the log that has the entry.
  package let checkpoint: SignedCheckpoint

  /// Puts a proof together; nothing is verified.
  package init(
    extra: [UInt8]? = nil, index: Int, hashes: [SHA256Hash], checkpoint: SignedCheckpoint
  ) {
    precondition(index >= 0 && hashes.count <= Self.largestHashCount && extra?.isEmpty != true)
    self.extra = extra
    self.index = index
    self.hashes = hashes
    self.checkpoint = checkpoint
  }

  /// Reads the bytes of a proof; nothing is verified.
  ///
  /// - Throws: `TlogProofError`, and as `SignedCheckpoint` for the checkpoint.
  package init(parsing bytes: [UInt8]) throws {
    let newline = UInt8(ascii: "\n")
    guard bytes.starts(with: Array((Self.firstLine + "\n").utf8)) else {
      throw TlogProofError.notAProof
    }
    let end = bytes.indices.dropLast().first { bytes[$0] == newline && bytes[$0 + 1] == newline }
    guard let end else { throw TlogProofError.noCheckpoint }
    var lines = bytes[..<end].split(separator: newline, omittingEmptySubsequences: false)
      .dropFirst().map { String(decoding: $0, as: UTF8.self) }
    var extra: [UInt8]?
    if let line = lines.first, line.hasPrefix("extra ") {
      guard let bytes = Base64.bytes(line.dropFirst("extra ".count)), !bytes.isEmpty else {
        throw TlogProofError.badExtra
      }
      extra = bytes
      lines.removeFirst()
    }
    guard let line = lines.first, line.hasPrefix("index "),
      let index = LogText.number(line.dropFirst("index ".count))
    else { throw TlogProofError.badIndex }
    lines.removeFirst()
    guard lines.count <= Self.largestHashCount else { throw TlogProofError.tooManyHashes }
    hashes = try lines.enumerated().map { place, line in
      guard let hash = SHA256Hash(base64: line) else {
        throw TlogProofError.badHash(number: place + 1)
      }
      return hash
    }
    self.extra = extra
    self.index = index
    checkpoint = try SignedCheckpoint(parsing: bytes[(end + 2)...])
  }

  /// The proof as it is written; the usual extension of its file is `.tlog-proof`.
  package var text: String {
    var lines = [Self.firstLine]
    if let extra { lines.append("extra " + Base64.text(extra)) }
    lines.append("index \(index)")
    lines += hashes.map(\.base64)
    return lines.map { $0 + "\n" }.joined() + "\n" + checkpoint.text
  }

  /// Verifies that the log of the checkpoint has an entry, and that known keys have signed.
  ///
  /// - Parameters:
  ///   - leaf: the bytes of the entry.
  ///   - keys: the key of the log, and those of witnesses.
  /// - Returns: who has signed.
  /// - Throws: as `SignedCheckpoint.signers(among:)`; `MerkleProofError`.
  @discardableResult
  package func verify(
    leaf: UnsafeRawBufferPointer, keys: [VerifierKey]
  ) throws -> SignedCheckpoint.Signers {
    let signers = try checkpoint.signers(among: keys)
    try MerkleProofs.verifyInclusion(
      of: MerkleTree.leafHash(leaf), at: index, in: checkpoint.checkpoint.head, proof: hashes)
    return signers
  }
}

/// Why bytes are no proof.
package enum TlogProofError: LogFault, Equatable {
  case notAProof
  case noCheckpoint
  case badExtra
  case badIndex
  case tooManyHashes
  /// A line is no hash; counted from 1 behind the index.
  case badHash(number: Int)

  package var word: String {
    switch self {
    case .notAProof: "not-a-proof"
    case .noCheckpoint: "no-checkpoint"
    case .badExtra: "bad-extra"
    case .badIndex: "bad-index"
    case .tooManyHashes: "too-many-hashes"
    case .badHash: "bad-hash"
    }
  }

  package var description: String {
    switch self {
    case .notAProof: "the first line of the proof is not \(quoted(TlogProof.firstLine))"
    case .noCheckpoint: "the proof has no checkpoint behind an empty line"
    case .badExtra: "the extra data of the proof are not Base64"
    case .badIndex: "the proof has no line with the index of the entry"
    case .tooManyHashes: "the proof has more than \(TlogProof.largestHashCount) hashes"
    case .badHash(let number):
      "line \(number) behind the index of the proof is not a hash of 44 Base64 characters"
    }
  }
}
