import CommandLineSupport
import DiscLayout
import Glibc
import Ledger
import MarkKeys

extension Drive {
  /// How many sectors the blank CD-R in the drive holds.
  ///
  /// - Returns: the sectors; nil when the drive does not say.
  /// - Throws: `ChildFault` for a missing drive, `BurnFault.wrongMedium` or `.notBlank`.
  func audioCapacity() throws -> Int? {
    let process = try ChildProcess("cdrdao", ["disk-info", "--device", device])
    try process.finish()
    let said = try process.said()
    /// What stands behind a name and a colon.
    func value(_ name: String) -> String? {
      for line in said.split(whereSeparator: \.isNewline) where line.hasPrefix(name) {
        let parts = line.split(separator: ":", maxSplits: 1)
        return parts.count == 2 ? String(parts[1].drop { $0 == " " }) : nil
      }
      return nil
    }
    guard let empty = value("CD-R empty") else {
      throw BurnFault.notUnderstood("cdrdao", String(said.suffix(200)))
    }
    if empty.hasPrefix("n/a") {
      throw BurnFault.wrongMedium(device, value("CD-R medium") ?? "no CD-R", .compactDisc)
    }
    guard empty.hasPrefix("yes") else { throw BurnFault.notBlank(device) }
    let blocks = value("Total Capacity")?.split(separator: "(").last?.split(separator: " ").first
    return blocks.flatMap { Int($0) }
  }

  /// Writes an audio disc at once.
  ///
  /// - Parameters:
  ///   - disc: what is written.
  ///   - audio: the same as a disc of tracks.
  ///   - report: is told how many bytes are handed over.
  /// - Throws: `ChildFault` when cdrdao fails, or `SystemError`, and what laying out throws.
  func write(_ disc: LaidDisc, _ audio: AudioDisc, report: (Int64) -> Void) throws {
    let toc = try FileDescriptor.unnamed()
    try Array(TocFile(audio, imageName: "-").text.utf8).withUnsafeBytes { try toc.write($0) }
    let speed = settings.speed.map { ["--speed", "\($0)"] } ?? []
    let process = try ChildProcess(
      "cdrdao",
      [settings.isDummy ? "simulate" : "write", "--device", device, "-n", "--swap"] + speed
        + ["/proc/\(getpid())/fd/\(toc.number)"], input: .pipe)
    _ = try feed(disc, to: process, .random(), report: report)
  }

  /// Reads an audio disc and compares it with what was laid out.
  ///
  /// - Parameter disc: what was written.
  /// - Throws: `BurnFault.differs`, `ChildFault` or `SystemError`.
  func compareAudio(_ disc: LaidDisc) throws {
    let process = try ChildProcess(
      "cd-paranoia", ["-d", device, "-q", "-r", "1-", "-"], readsOutput: true)
    guard let output = process.output else { return }
    var comparison = AlignedComparison(reading: output)
    do {
      try disc.send { try comparison.take($0) }
      guard try comparison.finish() else { throw BurnFault.differs(device) }
    } catch AlignedComparison.Difference.found {
      throw BurnFault.differs(device)
    }
    try process.finish()
  }
}
