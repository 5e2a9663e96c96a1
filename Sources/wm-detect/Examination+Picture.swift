import AudioMark
import CommandLineSupport
import Glibc
import ImageMark
import ImageStreams
import Ledger
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
      case .spectral: try read(image)
      case .lsb: try bitMarks(in: image)
      case .tag: (tags(in: image), nil)
      }
    for mark in marks { try report.detection(mark, file: name) }
    if let fault { throw fault }
    if marks.isEmpty { try report.nothing(file: name) }
    return !marks.isEmpty
  }

  /// The watermarks in a picture.
  private func watermarks(in luma: LumaPlane) -> [PictureMark] {
    keys.compactMap { key -> PictureMark? in
      let titleKeys = titles.map { ImageKey(key, title: "\($0)") }
      let detector = ImageDetector(
        keys: [ImageKey(key)] + titleKeys, threshold: threshold / Double(keys.count))
      guard let found = detector.detect(luma) else { return nil }
      return PictureMark(
        method: .spectral, key: key.name,
        content: found.keyPlace == 0 ? nil : "\(titles[found.keyPlace - 1])",
        message: found.message, width: luma.width,
        height: luma.height, pose: PicturePose(found.geometry), score: found.score,
        logBound: min(found.logBound + log(Double(keys.count)), 0))
    }
  }

  /// Names the deliveries that a picture is a copy of.
  ///
  /// - Parameters:
  ///   - source: its bytes.
  ///   - name: of the input.
  ///   - trace: the ledger's deliveries.
  /// - Returns: whether a delivery was named.
  /// - Throws: what was wrong with the ledger, or with the picture, after what its readable part
  ///   gives has been reported.
  func tracePicture(_ source: ByteSource, _ name: String, in trace: LedgerTrace) throws -> Bool {
    let image = try StillImage(source)
    let (luma, fault) = try plane(of: image)
    let marks = watermarks(in: luma)
    let result = try trace.trace(luma, marks, keys: keys)
    for mark in marks { try report.detection(mark, file: name) }
    for suspect in result.suspects { try report.delivery(suspect, file: name) }
    try report.search(result, file: name)
    if let fault { throw fault }
    return !result.suspects.isEmpty
  }

  /// Whether a picture carries one of some messages, or is a copy that was delivered.
  ///
  /// - Parameters:
  ///   - source: its bytes.
  ///   - messages: those in question.
  ///   - marking: what the ledger says of the copy.
  /// - Returns: whether one of them is certain.
  /// - Throws: what was wrong with the picture, unless the readable part is enough.
  func carries(
    _ source: ByteSource, _ messages: [ImageMessage], of marking: Marking
  ) throws -> Bool {
    let (luma, fault) = try plane(of: StillImage(source))
    for key in keys {
      let detector = ImageDetector(key: key, threshold: threshold / Double(keys.count))
      let title = (key: ImageKey(key, title: "\(marking.content)"), messages: [marking.message])
      if !detector.trace(luma, candidates: messages, titles: [title]).isEmpty { return true }
    }
    if let fault { throw fault }
    return false
  }

  private func read(_ image: StillImage) throws -> (marks: [PictureMark], fault: ImageError?) {
    let (luma, fault) = try plane(of: image)
    return (watermarks(in: luma), fault)
  }

  private func plane(of image: StillImage) throws -> (luma: LumaPlane, fault: ImageError?) {
    let (samples, fault) = try image.luma()
    return (LumaPlane(width: image.width, height: image.height, samples: samples), fault)
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
