/// The figures of data discs.
package enum DataDisc {
  /// Bytes of a sector.
  package static let sectorSize = 2048
  /// Sectors that a file system of a few files takes besides them: an upper bound for planning, the
  /// true size being asked for before anything is written.
  package static let overhead = 1000

  /// The sectors of a file.
  ///
  /// - Parameter bytes: its size.
  /// - Returns: whole sectors.
  package static func sectors(ofBytes bytes: Int64) -> Int {
    Int((bytes + Int64(sectorSize) - 1) / Int64(sectorSize))
  }

  /// A volume's name: capitals, digits and underscores, at most 32.
  ///
  /// - Parameter text: what it is to be called.
  /// - Returns: the name, never empty.
  package static func volumeName(_ text: String) -> String {
    var name = ""
    for unit in text.uppercased().utf8.prefix(32) {
      switch unit {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        name.unicodeScalars.append(Unicode.Scalar(unit))
      default: name += "_"
      }
    }
    return name.isEmpty ? "DISC" : name
  }
}
