package import CommandLineSupport
package import Ledger
import Masters
import Trade

/// Writes the copies of an order as a parcel: the manifest, then the files.
///
/// The manifest, which comes first, has the hash of every file: copies are written to files without
/// a name first (in `TMPDIR`, else `/var/tmp`).
package struct ParcelWriter {
  private let writer: CopyWriter
  private let author: Author

  package init(_ writer: CopyWriter, _ author: Author) {
    self.writer = writer
    self.author = author
  }

  /// Writes a parcel.
  ///
  /// - Parameters:
  ///   - jobs: the copies of one order, which names a home server or shop.
  ///   - output: making it final is left to the caller.
  /// - Returns: what each copy is.
  /// - Throws: as `CopyWriter.write`.
  package func write(_ jobs: [CopyJob], to output: OutputFile) throws -> [WrittenCopy] {
    guard let order = jobs.first?.order else { return [] }
    var copies: [(file: FileDescriptor, copy: WrittenCopy)] = []
    var items: [Parcel.Item] = []
    for (number, job) in jobs.enumerated() {
      let file = try FileDescriptor.unnamed()
      let copy = try writer.write(job, to: OutputFile(file), needsHash: true)
      guard let hash = copy.hash else { continue }
      copies.append((file, copy))
      items.append(
        Parcel.Item(
          content: job.item.content, file: "\(number + 1).\(try writer.format(job).name)",
          bytes: copy.bytes, hash: hash, serial: job.marking.serial,
          message: job.marking.message, title: job.title?.title, artist: job.title?.artist))
    }
    let manifest = Parcel(order: order, items: items).signed(by: author.name, with: author.key)
    let tar = TarWriter(output)
    try tar.add(Parcel.manifestName, manifest.bytes + [UInt8(ascii: "\n")])
    for (item, copy) in zip(items, copies) {
      try copy.file.seek(to: 0)
      try tar.add(item.file, byteCount: item.bytes) { try copy.file.copy(to: $0) }
    }
    try tar.finish()
    return copies.map(\.copy)
  }
}
