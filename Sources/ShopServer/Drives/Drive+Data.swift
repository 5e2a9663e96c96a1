import CommandLineSupport
import DiscLayout
import Ledger
import MarkKeys

extension Drive {
  /// How many sectors the blank medium in the drive holds.
  ///
  /// - Parameter medium: what was ordered.
  /// - Returns: the sectors.
  /// - Throws: `ChildFault` for a missing drive, `BurnFault.wrongMedium` or `.notBlank`.
  func dataCapacity(_ medium: Medium) throws -> Int {
    let process = try ChildProcess("xorriso", ["-outdev", device, "-toc"])
    try process.finish()
    let said = try process.said()
    func value(_ name: String) -> String {
      for line in said.split(whereSeparator: \.isNewline) where line.hasPrefix(name) {
        return String(line.split(separator: ":", maxSplits: 1).last?.drop { $0 == " " } ?? "")
      }
      return ""
    }
    let found = value("Media current")
    let kinds = medium == .videoDisc ? ["DVD-R", "DVD+R"] : ["CD-R"]
    // A file that xorriso takes for a drive is whatever is wanted.
    let isMedium = kinds.contains { found.hasPrefix($0) } || found.hasPrefix("stdio file")
    guard isMedium else { throw BurnFault.wrongMedium(device, found, medium) }
    guard value("Media status").hasPrefix("is blank") else { throw BurnFault.notBlank(device) }
    let writable = value("Media blocks").split(separator: ",").first { $0.hasSuffix("writable ") }
    guard let sectors = writable.flatMap({ Int($0.split(separator: " ").first ?? "") }) else {
      throw BurnFault.notUnderstood("xorriso", String(said.suffix(200)))
    }
    return sectors
  }

  /// Writes a data disc.
  ///
  /// - Parameters:
  ///   - disc: what is written.
  ///   - key: of the tag.
  ///   - report: is told how many bytes are handed over.
  /// - Returns: the tag of what was written.
  /// - Throws: `ChildFault` when xorriso fails, or `SystemError`, and what laying out throws.
  func write(_ disc: LaidDisc, _ key: Secret, report: (Int64) -> Void) throws -> [UInt8] {
    let speed = settings.speed.map { ["speed=\($0)"] } ?? []
    let process = try ChildProcess(
      "xorriso",
      ["-as", "cdrecord", "-v", "dev=\(device)", "tsize=\(disc.sectors)s"] + speed
        + (settings.isDummy ? ["-dummy", "-"] : ["-"]), input: .pipe)
    return try feed(disc, to: process, key, report: report)
  }

  /// Reads a data disc and compares it with what was written.
  ///
  /// - Parameters:
  ///   - disc: what was written.
  ///   - tag: of what was written.
  ///   - key: of the tag.
  /// - Throws: `BurnFault.differs` or `SystemError`.
  func compareData(_ disc: LaidDisc, _ tag: [UInt8], _ key: Secret) throws {
    let prefix = "stdio:"
    let path = device.hasPrefix(prefix) ? String(device.dropFirst(prefix.count)) : device
    guard try ImageWriter.tag(of: path, byteCount: disc.byteCount, key) == tag else {
      throw BurnFault.differs(device)
    }
  }
}
