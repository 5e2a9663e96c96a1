/// Where a file of an ISO 9660 file system lies (ECMA-119), read from what is in front of the files.
package struct VolumeFile: Sendable, Hashable {
  /// Its name in capitals, digits and underscores, at most 8 and 3 of them, without the version.
  package let name: String
  /// Its first sector.
  package let firstSector: Int
  /// Its size.
  package let byteCount: Int64

  /// - Parameters:
  ///   - name: without the version.
  ///   - firstSector: from 0.
  ///   - byteCount: from 0.
  package init(name: String, firstSector: Int, byteCount: Int64) {
    self.name = name
    self.firstSector = firstSector
    self.byteCount = byteCount
  }

  /// The sectors it takes.
  package var sectors: Range<Int> {
    firstSector..<firstSector + DataDisc.sectors(ofBytes: byteCount)
  }

  /// The sector with the volume descriptor.
  package static let descriptorSector = 16

  /// Finds the root folder (ECMA-119, 8.4).
  ///
  /// - Parameter descriptor: the volume descriptor: 2,048 bytes.
  /// - Returns: the folder's sectors; nil when this is no primary volume descriptor of sectors of
  ///   2,048 bytes.
  package static func rootSectors(_ descriptor: some RandomAccessCollection<UInt8>) -> Range<Int>? {
    let bytes = Array(descriptor)
    guard bytes.count == DataDisc.sectorSize, Array(bytes[..<6]) == [1] + Array("CD001".utf8),
      number(bytes[128...], 2) == DataDisc.sectorSize
    else { return nil }
    let start = number(bytes[158...], 4)
    let size = number(bytes[166...], 4)
    guard start > descriptorSector, size > 0, size % DataDisc.sectorSize == 0 else { return nil }
    return start..<start + size / DataDisc.sectorSize
  }

  /// Reads a folder (ECMA-119, 9.1).
  ///
  /// - Parameter folder: its sectors.
  /// - Returns: the files in it, in the order of their names; nil when a record is damaged, or a file
  ///   of several pieces does not lie in one place.
  package static func files(inFolder folder: some RandomAccessCollection<UInt8>) -> [VolumeFile]? {
    let bytes = Array(folder)
    var files: [VolumeFile] = []
    var continues = false
    var place = 0
    while place < bytes.count {
      let size = Int(bytes[place])
      if size == 0 {
        // A record does not go across the border of a sector.
        place = (place / DataDisc.sectorSize + 1) * DataDisc.sectorSize
        continue
      }
      guard size >= 34, place + size <= bytes.count else { return nil }
      let record = Array(bytes[place..<place + size])
      place += size
      let nameSize = Int(record[32])
      guard 33 + nameSize <= size else { return nil }
      let flags = record[25]
      if flags & 2 != 0 { continue }
      let name = String(decoding: record[33..<33 + nameSize].prefix { $0 != 0x3B }, as: UTF8.self)
      var file = VolumeFile(
        name: name, firstSector: number(record[2...], 4), byteCount: Int64(number(record[10...], 4))
      )
      if continues {
        guard let before = files.popLast(), before.name == name,
          before.byteCount % Int64(DataDisc.sectorSize) == 0,
          before.sectors.upperBound == file.firstSector
        else { return nil }
        file = VolumeFile(
          name: name, firstSector: before.firstSector, byteCount: before.byteCount + file.byteCount)
      }
      files.append(file)
      continues = flags & 0x80 != 0
    }
    return continues ? nil : files
  }

  /// A little-endian number at the beginning of bytes.
  private static func number(_ bytes: ArraySlice<UInt8>, _ count: Int) -> Int {
    bytes.prefix(count).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
