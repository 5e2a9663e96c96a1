import CSystemCalls
import CommandLineSupport
import Glibc

/// The stream that is listened to, which knows how much of it was taken out of the pipe.
final class HeardOutput {
  private let file: FileDescriptor
  /// The bytes that were written.
  private(set) var written: Int64 = 0

  /// How much is written at once: what a pipe that can be written to at all takes without waiting.
  let pieceSize: Int

  init(_ file: FileDescriptor) {
    self.file = file
    var record = stat()
    let kind = fstat(file.number, &record) == 0 ? record.st_mode & S_IFMT : 0
    pieceSize = kind == S_IFREG ? 1 << 16 : 4096
  }

  /// The number of the descriptor, to wait for.
  var descriptor: CInt { file.number }

  /// The bytes that the listener has taken: what was written less what is still in the pipe.
  var taken: Int64 {
    written - Int64(cs_pipe_unread(file.number))
  }

  /// Writes up to `pieceSize` bytes, when `poll` has said that there is room.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    try file.write(bytes)
    written += Int64(bytes.count)
  }
}
