import CommandLineSupport
import DiscLayout
import Distribution
import Glibc
import Ledger
import MarkKeys
import Outlets

/// The file system of a data disc, made by xorriso: ISO 9660 with Joliet and Rock Ridge.
///
/// xorriso sees no copy. It is given files of the same sizes that begin with random marks and hold
/// nothing else; where a mark comes by in what it writes, the copy is put in its place. So no
/// plaintext is ever in a file that has a name.
final class DataTree {
  private let holding: Holding
  private let items: Range<Int>
  private let folder: WorkFolder
  private let arguments: [String]
  private let marks: [[UInt8]]

  private static let markSize = 32

  /// - Parameters:
  ///   - maker: what is laid out.
  ///   - items: the copies on this disc.
  ///   - number: which disc, from 0.
  ///   - count: of how many.
  /// - Throws: `SystemError`.
  init(_ maker: DiscMaker, _ items: Range<Int>, _ number: Int, of count: Int) throws {
    holding = maker.holding
    self.items = items
    folder = try WorkFolder(for: holding)
    let page = InsertPage(maker, items, disc: number, of: count)
    var marks: [[UInt8]] = []
    var tree: [String] = []
    for item in items {
      let mark = Secret.random().withBytes { Array($0) }
      let bytes = holding.items[item].bytes
      let path = try folder.add(
        "\(item)", Array(mark.prefix(Int(min(bytes, Int64(Self.markSize))))), byteCount: bytes)
      marks.append(mark)
      tree.append(Self.graft(maker.fileName(item), path))
    }
    self.marks = marks
    let texts = [
      ("INSERT.html", Array(page.html.utf8)), ("RECEIPT", try holding.manifest()),
    ]
    for (name, bytes) in texts {
      let path = try folder.add(name, bytes, byteCount: Int64(bytes.count))
      tree.append(Self.graft(name, path))
    }
    let order = "\(holding.order.ordered.order)"
    let volume = DataDisc.volumeName(count == 1 ? order : "\(number + 1)_\(order)")
    arguments =
      ["-V", volume, "-J", "-joliet-long", "-r", "-input-charset", "utf-8", "-graft-points"]
      + tree
  }

  /// `NAME=PATH` with backslashes before what would end a part.
  private static func graft(_ name: String, _ path: String) -> String {
    [name, path].map { $0.replacing("\\", with: "\\\\").replacing("=", with: "\\=") }
      .joined(separator: "=")
  }

  /// How many sectors the file system takes.
  func sectors() throws -> Int {
    let process = try ChildProcess(
      "xorriso", ["-as", "mkisofs", "-quiet", "-print-size"] + arguments, readsOutput: true)
    let text = try String(decoding: process.output?.readAvailable(64) ?? [], as: UTF8.self)
    try process.finish()
    guard let count = Int(text.prefix { $0.isNumber }), count > 0 else {
      throw BurnFault.notUnderstood("xorriso", text)
    }
    return count
  }

  /// Hands the file system over with the copies in their places.
  func send(sectors: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let process = try ChildProcess(
      "xorriso", ["-as", "mkisofs", "-quiet", "-o", "-"] + arguments, readsOutput: true)
    let block = UnsafeMutableRawBufferPointer.allocate(
      byteCount: 32 * DataDisc.sectorSize, alignment: 4096)
    defer { block.deallocate() }
    var left = Int64(sectors) * Int64(DataDisc.sectorSize)
    var found = 0
    var copy: (file: HeldFile, place: Int64)?
    while left > 0 {
      let wanted = UnsafeMutableRawBufferPointer(
        rebasing: block[..<Int(min(left, Int64(block.count)))])
      guard try process.output?.read(into: wanted) == wanted.count else {
        try process.finish()
        throw BurnFault.notUnderstood("xorriso", "the image is too short")
      }
      left -= Int64(wanted.count)
      for start in stride(from: 0, to: wanted.count, by: DataDisc.sectorSize) {
        let sector = UnsafeMutableRawBufferPointer(
          rebasing: wanted[start..<start + DataDisc.sectorSize])
        if copy == nil, let item = item(markedBy: sector) {
          copy = (try holding.open(item), 0)
          found += 1
        }
        guard let (file, place) = copy else { continue }
        let count = try file.read(at: place, into: sector)
        copy = place + Int64(count) < file.byteCount ? (file, place + Int64(count)) : nil
      }
      try body(UnsafeRawBufferPointer(wanted))
    }
    try process.finish()
    guard found == items.filter({ holding.items[$0].bytes > 0 }).count, copy == nil else {
      throw BurnFault.notUnderstood("xorriso", "a file has no place in the image")
    }
  }

  /// The copy whose mark a sector begins with.
  private func item(markedBy sector: UnsafeMutableRawBufferPointer) -> Int? {
    for (item, mark) in zip(items, marks) {
      let size = Int(min(holding.items[item].bytes, Int64(Self.markSize)))
      if size >= 16, sector[0] == mark[0], sector[..<size].elementsEqual(mark[..<size]) {
        return item
      }
    }
    return nil
  }
}
