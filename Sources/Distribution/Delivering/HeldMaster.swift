import AudioMark
import CommandLineSupport
import FingerprintCode
import Glibc
import Ledger
import MarkKeys
package import Masters

/// A master that a delivery server holds, ready to make copies of.
package final class HeldMaster {
  /// What copies are made of.
  package enum Medium {
    case sound(Master)
    case film(FilmMaster)
    case picture(PictureMaster)
  }

  package let files: MasterFiles
  package let medium: Medium
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
    files = try MasterFiles(path: path)
    let slots: Int
    switch files.outline.kind {
    case .sound:
      let master = try Master(files)
      (medium, slots) = (.sound(master), master.index.count(of: .fingerprint))
    case .film:
      let master = try FilmMaster(files)
      (medium, slots) = (.film(master), master.fingerprintCount)
    case .picture: (medium, slots) = (.picture(try PictureMaster(files)), 0)
    }
    key = try files.fingerprintKey()
    biases = FingerprintBiases(key: key, slots: 0..<slots)
  }

  /// The codeword of a copy and its commitment; that of a picture has no bits.
  func codeword(_ message: Message) -> (FingerprintCodeword, CodewordCommitment) {
    let codeword = FingerprintCodeword(key: key, message: message, biases: biases)
    return (codeword, CodewordCommitment(key: key, message: message, codeword: codeword))
  }
}
