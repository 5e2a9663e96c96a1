import AudioMark
import CommandLineSupport
import FingerprintCode
import Glibc
import Ledger
import MarkKeys
package import Masters

/// A master that a delivery server holds, ready to make copies of.
package final class HeldMaster {
  package let master: Master
  private let key: FingerprintKey
  private let biases: FingerprintBiases
  /// Locked as long as the master is in use, so that it is not given up meanwhile.
  private let use: FileDescriptor

  /// Opens a master.
  ///
  /// - Throws: `MasterError` or `SystemError`.
  init(_ path: String) throws {
    let number = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw SystemError("cannot open", path) }
    use = FileDescriptor(number, name: path)
    guard flock(number, LOCK_SH) == 0 else { throw SystemError("cannot lock", path) }
    // The time of the folder tells when it was used last.
    futimens(number, nil)
    master = try Master(path: path)
    key = try master.fingerprintKey()
    biases = FingerprintBiases(key: key, slots: 0..<master.index.count(of: .fingerprint))
  }

  /// The codeword of a copy and its commitment.
  func codeword(_ message: Message) -> (FingerprintCodeword, CodewordCommitment) {
    let codeword = FingerprintCodeword(key: key, message: message, biases: biases)
    return (codeword, CodewordCommitment(key: key, message: message, codeword: codeword))
  }
}
