/// A marker segment of a JPEG file, where it stands in the file.
struct JPEGSegment {
  /// The second byte of the marker.
  let marker: UInt8
  /// The bytes behind the length.
  let contents: Range<Int>

  /// The whole segment with marker and length.
  var whole: Range<Int> { contents.lowerBound - 4..<contents.upperBound }
  /// Whether it belongs to an application, or is a comment: what is not about the samples.
  var isForeign: Bool { (0xE0...0xEF).contains(marker) || marker == 0xFE }

  static let comment: UInt8 = 0xFE
  private static let (startOfScan, end): (UInt8, UInt8) = (0xDA, 0xD9)

  /// The bytes of a new segment.
  static func bytes(_ marker: UInt8, _ contents: some Collection<UInt8>) -> [UInt8] {
    let count = contents.count + 2
    return [0xFF, marker, UInt8(count >> 8), UInt8(count & 0xFF)] + contents
  }

  /// The segments of the first picture of a file, without its scans.
  struct Walk {
    var segments: [JPEGSegment] = []
    var scanCount = 0
    /// Bytes behind the picture, such as further pictures; nil where it does not end.
    var trailing: Int?
  }

  /// Finds the segments.
  ///
  /// - Parameters:
  ///   - file: all bytes.
  ///   - name: for messages.
  /// - Returns: what there is up to the end of the picture or of the file.
  /// - Throws: `ImageError` where there are too many, or no segment where one should be.
  static func walk(_ file: [UInt8], name: String) throws -> Walk {
    var walk = Walk()
    var place = 2
    while true {
      // Any number of bytes 0xFF may stand in front of a marker.
      guard let marker = nextMarker(file, &place) else { return walk }
      if marker == end {
        walk.trailing = file.count - place
        return walk
      }
      // Markers without contents: restarts, TEM, a second SOI.
      if (0xD0...0xD8).contains(marker) || marker == 0x01 { continue }
      guard place + 2 <= file.count else { return walk }
      let count = Int(file[place]) << 8 | Int(file[place + 1])
      guard count >= 2 else {
        throw ImageError.damaged(name, "the segment at byte \(place - 2) has a length of \(count)")
      }
      let contents = place + 2..<place + count
      guard contents.upperBound <= file.count else { return walk }
      guard walk.segments.count < ImageLimits.pieces, walk.scanCount <= ImageLimits.scans else {
        throw ImageError.damaged(name, "it has too many segments or scans")
      }
      walk.segments.append(JPEGSegment(marker: marker, contents: contents))
      place = contents.upperBound
      if marker == startOfScan { walk.scanCount += 1 }
    }
  }

  /// The next marker; what is passed over is the coded part of a scan, or does not belong there.
  private static func nextMarker(_ file: [UInt8], _ place: inout Int) -> UInt8? {
    file.withUnsafeBufferPointer { bytes in
      var index = place
      while index + 1 < bytes.count {
        if bytes[index] == 0xFF, bytes[index + 1] != 0, bytes[index + 1] != 0xFF {
          place = index + 2
          return bytes[index + 1]
        }
        index += 1
      }
      return nil
    }
  }
}
