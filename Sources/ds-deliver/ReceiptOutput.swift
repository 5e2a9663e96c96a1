import CommandLineSupport
import Distribution
import Ledger
import TransparencyLog

/// The file of a receipt.
struct ReceiptOutput {
  let path: String
  let checkpoint: String?

  /// Writes the receipt of the copy that was delivered; none when there is none.
  func write(
    _ delivered: [(job: CopyJob, copy: WrittenCopy)], _ server: DeliveryServer
  ) throws {
    let signed = try checkpoint.map { path in
      let file = try FileDescriptor.reading(path)
      return try SignedCheckpoint(parsing: file.readAvailable(1 << 16))
    }
    let output = try OutputFile(path, contents: .text)
    for (job, copy) in delivered {
      let line = try server.receipt(of: job, copy, checkpoint: signed)
      try output.write(String(decoding: line.bytes, as: UTF8.self) + "\n")
    }
    if !delivered.isEmpty { try output.finish() }
  }
}
