package import Signing

extension EntryHead {
  /// Whether a key signed the entry.
  ///
  /// - Parameters:
  ///   - line: the line the head was read from.
  ///   - key: of the author.
  ///   - origin: the name of the ledger, which is signed too.
  /// - Returns: whether the signature is right.
  package func isSigned(
    _ line: UnsafeRawBufferPointer, with key: PublicKey, origin: Origin
  ) -> Bool {
    var signed = SignedBytes(origin: origin)
    return signed.of(line, without: signatureMember) { key.verifies(signature, of: $0) }
  }
}
