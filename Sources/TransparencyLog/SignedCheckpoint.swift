package import Signing

/// A checkpoint with its signatures: a note whose text is one.
package struct SignedCheckpoint: Hashable, Sendable {
  /// What is signed.
  package let checkpoint: Checkpoint
  /// The note, byte for byte.
  package let note: SignedNote

  /// - Throws: `CheckpointError` when the note's text is no checkpoint.
  package init(_ note: SignedNote) throws(CheckpointError) {
    checkpoint = try Checkpoint(text: note.text)
    self.note = note
  }

  /// Reads the bytes of a note; no signature is verified.
  ///
  /// - Throws: `SignedNoteError` or `CheckpointError`.
  package init(parsing bytes: some Collection<UInt8>) throws {
    try self.init(SignedNote(parsing: bytes))
  }

  /// The note as it is written.
  package var text: String { note.serialized }

  /// Adds the cosignature of a witness.
  ///
  /// A witness states that it has seen no other history of the log: it must have checked that the
  /// log is consistent with what it cosigned before.
  ///
  /// - Parameters:
  ///   - key: the key of the witness.
  ///   - name: the name in the signature; nil for the name of the key.
  ///   - time: when, in seconds since 1970.
  /// - Returns: the note with one more signature.
  /// - Throws: `VerifierKeyError.badName` or `SignedNoteError.tooManySignatures`.
  package func cosigned(
    by key: SigningKey, named name: String? = nil, at time: Int
  ) throws -> SignedCheckpoint {
    let signature = try NoteSignature(
      of: note.text, cosignedBy: key, named: name ?? key.name, at: time)
    return try SignedCheckpoint(note.adding(signature))
  }

  /// Who has signed a checkpoint.
  package struct Signers: Hashable, Sendable {
    /// The names of the keys that signed the text alone, as logs do.
    package let signers: [String]
    /// The witnesses and when they cosigned, in seconds since 1970.
    package let cosigners: [Cosigner]

    /// A witness that has cosigned.
    package struct Cosigner: Hashable, Sendable {
      /// The name of the witness.
      package let name: String
      /// When, in seconds since 1970.
      package let time: Int

      package init(name: String, time: Int) {
        self.name = name
        self.time = time
      }
    }
  }

  /// Verifies the signatures of known keys and passes over all others.
  ///
  /// - Returns: who has signed, the log among them.
  /// - Throws: as `SignedNote.signers(among:)`, and `CheckpointError.notSignedByLog` when no key
  ///   whose name is the origin has signed.
  package func signers(among keys: [VerifierKey]) throws -> Signers {
    let all = try note.signers(among: keys)
    let signers = all.filter { $0.time == nil }.map(\.key.name)
    guard signers.contains(where: { $0.utf8.elementsEqual(checkpoint.origin.utf8) }) else {
      throw CheckpointError.notSignedByLog(checkpoint.origin)
    }
    let cosigners = all.compactMap { signer in
      signer.time.map { Signers.Cosigner(name: signer.key.name, time: $0) }
    }
    return Signers(signers: signers, cosigners: cosigners)
  }
}
