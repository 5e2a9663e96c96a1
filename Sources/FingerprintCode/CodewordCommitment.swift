package import MarkKeys
package import Signing

/// What the ledger keeps of a codeword, and what opens it.
///
/// The hash shows nothing of the bits to those who do not have the salt; whoever has the fingerprint
/// key can make the salt again, so it need not be kept.
package struct CodewordCommitment: Sendable, Hashable {
  /// SHA-256 of everything below.
  package let hash: SHA256Hash
  /// The 32 bytes that hide the bits.
  package let salt: [UInt8]

  /// Commits to the codeword of a delivery.
  package init(key: FingerprintKey, message: Message, codeword: FingerprintCodeword) {
    var salt = [UInt8](repeating: 0, count: 32)
    salt.withUnsafeMutableBufferPointer { bytes in
      key.secret.withBytes {
        FingerprintKey.write(bytes, fromBlock: 0, of: message, .salt, key: $0)
      }
    }
    self.init(salt: salt, message: message, codeword: codeword)
  }

  /// Computes the commitment that an opened salt and codeword lead to.
  ///
  /// - Parameters:
  ///   - salt: 32 bytes.
  ///   - message: the message of the delivery.
  ///   - codeword: the whole codeword, from slot 0 on, at most 2^32 - 1 bits.
  package init(salt: [UInt8], message: Message, codeword: FingerprintCodeword) {
    precondition(salt.count == 32, "a salt has 32 bytes")
    precondition(codeword.slots.lowerBound == 0, "a commitment is to a whole codeword")
    precondition(codeword.slots.count <= Int(UInt32.max))
    self.salt = salt
    var hasher = SHA256Hasher()
    "sukashi/1/codeword\n".utf8.forEach { hasher.update($0) }
    salt.withUnsafeBytes { hasher.update($0) }
    message.bytes.withUnsafeBytes { hasher.update($0) }
    withUnsafeBytes(of: UInt32(codeword.slots.count).littleEndian) { hasher.update($0) }
    codeword.packed.withUnsafeBytes { hasher.update($0) }
    hash = hasher.finish()
  }
}
