import AudioMark
import CommandLineSupport
import Glibc
import ImageMark
import ImageStreams
import MarkKeys

extension Examination {
  /// Looks for the marks of all keys in a picture.
  ///
  /// - Parameters:
  ///   - source: its bytes.
  ///   - name: of the input.
  ///   - method: by which means the marks were written.
  /// - Returns: whether a mark was found.
  /// - Throws: what was wrong with the picture, after the marks in its readable part have been
  ///   reported.
  func examinePicture(_ source: ByteSource, _ name: String, for method: MarkMethod) throws -> Bool {
    let image = try StillImage(source)
    let (marks, fault) =
      switch method {
      case .spectral: try watermarks(in: image)
      case .lsb: try bitMarks(in: image)
      case .tag: (tags(in: image), nil)
      }
    for mark in marks { try report.detection(mark, file: name) }
    if let fault { throw fault }
    if marks.isEmpty { try report.nothing(file: name) }
    return !marks.isEmpty
  }

  /// The watermarks in a picture.
  ///
  /// - Parameter image: the picture.
  /// - Returns: the marks, and what is wrong with the picture behind the part that was read.
  /// - Throws: `ImageError` when nothing can be read.
  func watermarks(in image: StillImage) throws -> (marks: [PictureMark], fault: ImageError?) {
    let (samples, fault) = try image.luma()
    let luma = LumaPlane(width: image.width, height: image.height, samples: samples)
    let marks = keys.compactMap { key -> PictureMark? in
      let detector = ImageDetector(key: key, threshold: threshold / Double(keys.count))
      guard let found = detector.detect(luma) else { return nil }
      return PictureMark(
        method: .spectral, key: key.name, message: found.message, width: image.width,
        height: image.height, pose: PicturePose(found.geometry), score: found.score,
        logBound: min(found.logBound + log(Double(keys.count)), 0))
    }
    return (marks, fault)
  }

  private func bitMarks(
    in image: StillImage
  ) throws -> (marks: [PictureMark], fault: ImageError?) {
    let (raster, fault) = try image.storedSamples()
    let balance = raster.lowestBitBalance(side: PixelBitMark.width, rows: image.height)
    let marks = keys.compactMap { key -> PictureMark? in
      let found = PixelBitMark(key: key).detect(
        balance: balance, logThreshold: log(threshold / Double(keys.count)))
      return found.map {
        PictureMark(
          method: .lsb, key: key.name, message: .full($0.message), width: image.width,
          height: image.height, pose: PicturePose($0), score: $0.agreement,
          logBound: min($0.logBound + log(Double(keys.count)), 0))
      }
    }
    return (marks, fault)
  }

  private func tags(in image: StillImage) -> [PictureMark] {
    var marks: [PictureMark] = []
    for key in keys {
      for found in image.texts.flatMap({ TagMark.detect(in: $0, key: key) })
      where found.isGenuine && !marks.contains(where: { $0.message == .full(found.message) }) {
        // A code of 256 bits fits by chance once in 2^256.
        marks.append(
          PictureMark(
            method: .tag, key: key.name, message: .full(found.message), width: image.width,
            height: image.height, pose: nil, score: 1, logBound: -256 * M_LN2))
      }
    }
    return marks
  }
}
