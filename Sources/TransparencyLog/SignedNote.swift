import CommandLineSupport

/// A text and the signatures below it (C2SP signed-note, version 1).
package struct SignedNote: Hashable, Sendable {
  /// The most signatures that are read.
  package static let largestSignatureCount = 64

  /// What is signed; ends in a newline.
  package let text: String
  /// The signatures in the order of their lines, verified or not.
  package let signatures: [NoteSignature]

  /// - Throws: `SignedNoteError`, when this could not be read back.
  package init(text: String, signatures: [NoteSignature]) throws(SignedNoteError) {
    guard Self.isPrintable(text) else { throw .controlCharacter }
    guard text.utf8.last == UInt8(ascii: "\n") else { throw .cutShort }
    guard !signatures.isEmpty else { throw .noSignatures }
    guard signatures.count <= Self.largestSignatureCount else { throw .tooManySignatures }
    self.text = text
    self.signatures = signatures
  }

  /// Reads the bytes of a note; no signature is verified.
  ///
  /// - Throws: `SignedNoteError`.
  package init(parsing bytes: some Collection<UInt8>) throws(SignedNoteError) {
    guard let note = String(validating: bytes, as: UTF8.self) else { throw .notText }
    guard Self.isPrintable(note) else { throw .controlCharacter }
    guard note.utf8.last == UInt8(ascii: "\n") else { throw .cutShort }
    let units = Array(note.utf8)
    let newline = UInt8(ascii: "\n")
    guard
      let end = units.indices.dropLast().last(where: {
        units[$0] == newline && units[$0 + 1] == newline
      }),
      end + 2 < units.count
    else { throw .noSignatures }
    let lines = units[(end + 2)...].dropLast().split(
      separator: newline, omittingEmptySubsequences: false)
    guard lines.count <= Self.largestSignatureCount else { throw .tooManySignatures }
    var signatures: [NoteSignature] = []
    for (index, line) in lines.enumerated() {
      guard let signature = NoteSignature(line: String(decoding: line, as: UTF8.self)) else {
        throw .badSignature(number: index + 1)
      }
      signatures.append(signature)
    }
    text = String(decoding: units[...end], as: UTF8.self)
    self.signatures = signatures
  }

  /// The note as it is written.
  package var serialized: String {
    text + "\n" + signatures.map { $0.line + "\n" }.joined()
  }

  /// The same note with one more signature.
  ///
  /// - Throws: `SignedNoteError.tooManySignatures`.
  package func adding(_ signature: NoteSignature) throws(SignedNoteError) -> SignedNote {
    try SignedNote(text: text, signatures: signatures + [signature])
  }

  /// A key that has signed.
  package struct Signer: Hashable, Sendable {
    /// The key.
    package let key: VerifierKey
    /// The time of a cosignature, in seconds since 1970; nil for other signatures.
    package let time: Int?
  }

  /// Verifies the signatures of known keys and passes over all others.
  ///
  /// - Returns: the keys that have signed, one or more, each once with its first signature.
  /// - Throws: `SignedNoteError.wrongSignature` when a signature of a known key is wrong, and
  ///   `.notSigned` when there is none of them.
  package func signers(among keys: [VerifierKey]) throws(SignedNoteError) -> [Signer] {
    var signers: [Signer] = []
    for signature in signatures {
      for key in keys where key.identity == signature.identity {
        switch signature.finding(text: text, key: key) {
        case .unknown: continue
        case .wrong: throw .wrongSignature(key.name)
        case .verified(let time):
          if !signers.contains(where: { $0.key == key }) {
            signers.append(Signer(key: key, time: time))
          }
        }
      }
    }
    guard !signers.isEmpty else { throw .notSigned }
    return signers
  }

  private static func isPrintable(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") }
  }
}

/// Why bytes are no signed note, or their signatures are not accepted.
package enum SignedNoteError: LogFault, Equatable {
  case notText
  case controlCharacter
  case cutShort
  case noSignatures
  case tooManySignatures
  /// A line below the text is no signature; counted from 1.
  case badSignature(number: Int)
  /// The signature of a known key is not one of this text.
  case wrongSignature(String)
  /// No known key has signed.
  case notSigned

  package var word: String {
    switch self {
    case .notText: "not-text"
    case .controlCharacter: "control-character"
    case .cutShort: "cut-short"
    case .noSignatures: "no-signatures"
    case .tooManySignatures: "too-many-signatures"
    case .badSignature: "bad-signature"
    case .wrongSignature: "wrong-signature"
    case .notSigned: "not-signed"
    }
  }

  package var description: String {
    switch self {
    case .notText: "the note is not UTF-8 text"
    case .controlCharacter: "the note has a control character"
    case .cutShort: "the last line of the note has no end, it may be cut short"
    case .noSignatures: "the note has no signatures below an empty line"
    case .tooManySignatures:
      "the note has more than \(SignedNote.largestSignatureCount) signatures"
    case .badSignature(let number):
      "line \(number) below the note's text is not a signature"
    case .wrongSignature(let name):
      "the signature of \(quoted(name)) is not one of this text: one of them was changed"
    case .notSigned: "the note is not signed by any known key"
    }
  }
}
