import CommandLineSupport
import DiscLayout
import Glibc
import Ledger
import MarkKeys

/// A drive, worked by other programs: cdrdao and cd-paranoia for audio, xorriso for data.
struct Drive {
  let device: String
  let settings: BurnSettings

  /// Opens the drive's tray.
  ///
  /// - Throws: `ChildFault` or `SystemError`.
  func eject() throws {
    try ChildProcess("xorriso", ["-outdev", device, "-eject", "all"]).finish()
  }

  /// Hands a disc's bytes to a program that writes them.
  ///
  /// - Parameters:
  ///   - disc: what is written.
  ///   - process: reads it.
  ///   - key: of the tag.
  ///   - report: is told how many bytes are handed over.
  /// - Returns: the tag of what was handed over.
  /// - Throws: `ChildFault`, with what the program said, or `SystemError`, and what laying out throws.
  func feed(
    _ disc: LaidDisc, to process: ChildProcess, _ key: Secret, report: (Int64) -> Void
  ) throws -> [UInt8] {
    let tag = ReadBackTag(key)
    do {
      try disc.send { bytes in
        try process.write(bytes)
        tag.update(bytes)
        report(Int64(bytes.count))
      }
    } catch let error as SystemError where error.code == EPIPE {
      try process.finish()
      throw BurnFault.notUnderstood(device, "it takes fewer bytes than the disc has")
    }
    try process.finish()
    return tag.finish()
  }
}
