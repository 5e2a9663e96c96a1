import CommandLineSupport
package import Signing

/// What a log says about itself: its name, its size, its root hash (C2SP tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable {
  /// The name of the log: not empty, printable.
  package let origin: String
  /// The number of entries and the hash over them.
  package let head: TreeHead
  /// Lines below the first three, as they were read; none are ever written by this package.
  package let extensionLines: [String]

  /// The number of entries.
  package var size: Int { head.size }
  /// The hash over all entries.
  package var root: SHA256Hash { head.root }

  /// - Throws: `CheckpointError.badOrigin`.
  package init(origin: String, head: TreeHead) throws(CheckpointError) {
    guard !origin.isEmpty, origin.utf8.allSatisfy({ $0 >= 0x20 }) else {
      throw .badOrigin
    }
    self.origin = origin
    self.head = head
    extensionLines = []
  }

  /// Reads the text of a note.
  ///
  /// - Throws: `CheckpointError`.
  package init(text: String) throws(CheckpointError) {
    guard let lines = LogText.lines(text), lines.count >= 3 else { throw .tooFewLines }
    guard !lines[0].isEmpty else { throw .badOrigin }
    guard let size = LogText.number(lines[1]) else { throw .badSize }
    guard let root = SHA256Hash(base64: lines[2]) else { throw .badRoot }
    guard !lines.contains("") else { throw .emptyLine }
    origin = lines[0]
    head = TreeHead(size: size, root: root)
    extensionLines = Array(lines.dropFirst(3))
  }

  /// The text of the note.
  package var text: String {
    ([origin, "\(size)", root.base64] + extensionLines).map { $0 + "\n" }.joined()
  }

  /// Signs the checkpoint as its log.
  ///
  /// - Parameters:
  ///   - key: the key of the log.
  ///   - name: the name in the signature; nil for the origin, as C2SP recommends.
  /// - Returns: a note with one signature.
  /// - Throws: `VerifierKeyError.badName` or `SignedNoteError`.
  package func signed(by key: SigningKey, named name: String? = nil) throws -> SignedCheckpoint {
    let signature = try NoteSignature(of: text, by: key, named: name ?? origin)
    return try SignedCheckpoint(SignedNote(text: text, signatures: [signature]))
  }
}

/// Why a text is no checkpoint.
package enum CheckpointError: LogFault, Equatable {
  case tooFewLines
  case badOrigin
  case badSize
  case badRoot
  case emptyLine
  /// No known key with the name of the log has signed.
  case notSignedByLog(String)

  package var word: String {
    switch self {
    case .tooFewLines: "too-few-lines"
    case .badOrigin: "bad-origin"
    case .badSize: "bad-size"
    case .badRoot: "bad-root"
    case .emptyLine: "empty-line"
    case .notSignedByLog: "not-signed-by-log"
    }
  }

  package var description: String {
    switch self {
    case .tooFewLines: "the checkpoint has fewer than three lines"
    case .badOrigin: "the first line of the checkpoint is not the name of a log"
    case .badSize: "the second line of the checkpoint is not a number of entries"
    case .badRoot: "the third line of the checkpoint is not a hash of 44 Base64 characters"
    case .emptyLine: "the checkpoint has an empty line in its text"
    case .notSignedByLog(let origin):
      "the checkpoint is not signed by the log \(quoted(origin)) itself"
    }
  }
}
