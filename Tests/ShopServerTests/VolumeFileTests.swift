import Testing
import _TestSupport

@testable import DiscLayout

/// Folders of ISO 9660 file systems, as xorriso writes them and isoinfo reads them, and damaged ones.
@Suite struct VolumeFileTests {
  private let folder = TemporaryFolder()

  /// The beginning of an image of files of these sizes.
  private func image(
    _ sizes: [(name: String, size: Int64)], _ options: String = ""
  ) throws -> [UInt8] {
    let lines =
      sizes.enumerated().map { "truncate -s \($1.size) f\($0)" }
      + [
        "xorriso -as mkisofs -quiet \(options) -J -joliet-long -r -o - -graft-points "
          + sizes.enumerated().map { "'\($1.name)=f\($0)'" }.joined(separator: " ")
          + " 2> log | head -c 4000000 > image"
      ]
    let result = try Subprocess.run(
      "bash", ["-c", lines.joined(separator: "\n")], folder: folder.path)
    try #require(result.status == 0, "\(result.errors)")
    let image = try folder.read("image")
    try #require(image.count > 1 << 18)
    return image
  }

  private func files(_ image: [UInt8]) -> [VolumeFile]? {
    guard let root = VolumeFile.rootSectors(image[32768..<34816]) else { return nil }
    return VolumeFile.files(inFolder: image[root.lowerBound * 2048..<root.upperBound * 2048])
  }

  @Test func isoinfoFindsTheSame() throws {
    // More names than a sector holds.
    let sizes = (1...60).map { number in
      (
        name: "\(number < 10 ? "0" : "")\(number)-a-title-%2F-\(number).flac",
        size: Int64(number) * 1000
      )
    }
    let files = try files(image(sizes + [("INSERT.html", 3000), ("RECEIPT", 5)]))
    let listed = try Subprocess.run(
      "bash", ["-c", "isoinfo -l -i image | awk '/;1/ { print $12, $10, $5 }' | tr -d '[' "],
      folder: folder.path
    ).text.split(separator: "\n")
    #expect(listed.count == 62)
    #expect(
      files?.map { "\($0.name);1 \($0.firstSector) \($0.byteCount)" } == listed.map(String.init))
    #expect(files?.first { $0.name.hasPrefix("07_") }?.byteCount == 7000)
    #expect(files?.contains { $0.name == "INSERT.HTM" && $0.byteCount == 3000 } == true)
    #expect(files?.contains { $0.name == "RECEIPT." && $0.byteCount == 5 } == true)
  }

  /// What has 4 GiB and more is in several pieces.
  @Test func longFiles() throws {
    let files = try files(image([("01-film.wav", 4_500_000_001), ("02-b.wav", 1)], "-iso-level 3"))
    #expect(files?.map(\.byteCount) == [4_500_000_001, 1])
    #expect(files?.first?.sectors.upperBound == files?.last?.firstSector)
  }

  @Test func damagedFolders() throws {
    let image = try image(
      [("01-a.wav", 4_500_000_001), ("02-b.wav", 1), ("03-c.wav", 9999)], "-iso-level 3")
    let root = try #require(VolumeFile.rootSectors(image[32768..<34816]))
    let folder = Array(image[root.lowerBound * 2048..<root.upperBound * 2048])
    #expect(VolumeFile.files(inFolder: folder)?.count == 3)
    #expect(VolumeFile.rootSectors(image[34816..<36864]) == nil, "no primary descriptor")
    #expect(VolumeFile.rootSectors(image[32768..<34815]) == nil)
    // The first record of a file: behind the folder itself and the one above.
    let place = Int(folder[0]) + Int(folder[Int(folder[0])])
    for (offset, value, reason) in [
      (0, 33, "shorter than a record"), (0, 255, "into the next one"), (32, 250, "a long name"),
      (25, 0, "two files of a name"), (2, 77, "pieces apart"), (10, 1, "a piece of no sectors"),
    ] as [(Int, UInt8, String)] {
      var damaged = folder
      damaged[place + offset] = value
      let files = VolumeFile.files(inFolder: damaged)
      #expect(files == nil || files?.count != 3, "\(reason)")
    }
    // Every byte, any value: never a crash.
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<5000 {
      var damaged = folder
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        damaged[Int.random(in: 0..<800, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = VolumeFile.files(inFolder: damaged)
      _ = VolumeFile.rootSectors(damaged)
    }
  }
}
