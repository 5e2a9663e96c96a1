package import AudioStreams
import CommandLineSupport
import Distribution
import Ledger

extension Holding {
  /// Opens a copy as audio that can be read at any place.
  ///
  /// - Parameter number: which one, from 0.
  /// - Returns: its samples.
  /// - Throws: `HoldingFault`, `SystemError` or `AudioError`.
  package func audio(_ number: Int) throws -> AudioReader {
    let file = try open(number)
    return try AudioReader(
      ByteSource(name: items[number].file, length: file.byteCount) { offset, buffer in
        try file.read(at: offset, into: buffer)
      })
  }
}
