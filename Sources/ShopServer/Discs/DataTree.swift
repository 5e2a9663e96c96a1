import CommandLineSupport
import DiscLayout
import Distribution
import Glibc
import Ledger
import MarkKeys
import Outlets

/// The file system of a data disc, made by xorriso: ISO 9660 with Joliet and Rock Ridge.
///
/// xorriso sees no copy: it is given files of the same sizes that hold nothing. It writes folders first,
/// which say where each file lies; what lies there is put there by us, and xorriso is stopped. So no
/// plaintext is ever in a file that has a name.
final class DataTree {
  private let holding: Holding
  private let items: Range<Int>
  private let folder: WorkFolder
  private let arguments: [String]
  /// The small files, as they are called in the image.
  private let texts: [(name: String, bytes: [UInt8])]

  /// The most sectors that are kept in memory in front of the first file.
  private static let mostSectors = 8192

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
    var tree: [String] = []
    for item in items {
      let path = try folder.add("\(item)", byteCount: holding.items[item].bytes)
      tree.append(Self.graft(maker.fileName(item), path))
    }
    texts = [("INSERT.HTM", Array(page.html.utf8)), ("RECEIPT.", try holding.manifest())]
    for (name, (_, bytes)) in zip(["INSERT.html", "RECEIPT"], texts) {
      let path = try folder.add(name, byteCount: Int64(bytes.count))
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

  /// What the file system is made of: what xorriso puts in front of the files, and the files.
  func parts(sectors: Int) throws -> [DiscPart] {
    let (front, files) = try layOut(sectors)
    var parts = [DiscPart.bytes(front)]
    var place = front.count / DataDisc.sectorSize
    var names: Set<Substring> = []
    for file in files where file.byteCount > 0 {
      guard file.firstSector >= place, file.sectors.upperBound <= sectors,
        let content = content(of: file), names.insert(file.name.prefix { $0 != "_" }).inserted
      else { throw BurnFault.notUnderstood("xorriso", "\(file.name) has no place in the image") }
      parts += [
        .zeros(Int64(file.firstSector - place) * Int64(DataDisc.sectorSize)), content,
        .zeros(Int64(file.sectors.count * DataDisc.sectorSize) - file.byteCount),
      ]
      place = file.sectors.upperBound
    }
    return parts + [.zeros(Int64(sectors - place) * Int64(DataDisc.sectorSize))]
  }

  /// Lets xorriso write what comes in front of the first file.
  ///
  /// - Returns: that, and all files in the order in which they lie.
  private func layOut(_ sectors: Int) throws -> (front: [UInt8], files: [VolumeFile]) {
    let process = try ChildProcess(
      "xorriso", ["-as", "mkisofs", "-quiet", "-o", "-"] + arguments, readsOutput: true)
    var front: [UInt8] = []
    /// Reads on to a sector.
    func read(to sector: Int) throws {
      guard sector <= min(sectors, Self.mostSectors) else {
        throw BurnFault.notUnderstood("xorriso", "its folders are too long")
      }
      let count = sector * DataDisc.sectorSize - front.count
      if count <= 0 { return }
      front += try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        filled = try process.output?.read(into: UnsafeMutableRawBufferPointer(buffer)) ?? 0
      }
      guard front.count == sector * DataDisc.sectorSize else {
        try process.finish()
        throw BurnFault.notUnderstood("xorriso", "the image is too short")
      }
    }
    func bytes(_ sectors: Range<Int>) -> ArraySlice<UInt8> {
      front[sectors.lowerBound * DataDisc.sectorSize..<sectors.upperBound * DataDisc.sectorSize]
    }
    let descriptor = VolumeFile.descriptorSector
    try read(to: descriptor + 1)
    guard let root = VolumeFile.rootSectors(bytes(descriptor..<descriptor + 1)) else {
      throw BurnFault.notUnderstood("xorriso", "the image has no root folder")
    }
    try read(to: root.upperBound)
    guard let files = VolumeFile.files(inFolder: bytes(root)),
      files.count == items.count + texts.count
    else { throw BurnFault.notUnderstood("xorriso", "the root folder is another one") }
    let first = files.filter { $0.byteCount > 0 }.map(\.firstSector).min() ?? root.upperBound
    guard first >= root.upperBound else {
      throw BurnFault.notUnderstood("xorriso", "a file lies in the root folder")
    }
    try read(to: first)
    // It takes seconds to end by itself.
    process.abandon()
    return (front, files.sorted { $0.firstSector < $1.firstSector })
  }

  /// What is in a file; nil when it does not belong here.
  private func content(of file: VolumeFile) -> DiscPart? {
    if let text = texts.first(where: { $0.name == file.name }) {
      return Int64(text.bytes.count) == file.byteCount ? .bytes(text.bytes) : nil
    }
    // Names of copies begin with their numbers.
    guard let number = Int(file.name.prefix { $0.isNumber }), items.contains(number - 1),
      holding.items[number - 1].bytes == file.byteCount
    else { return nil }
    let holding = holding
    return .held(0..<file.byteCount) { try holding.open(number - 1) }
  }
}
