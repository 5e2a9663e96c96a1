import AudioMark
import AudioStreams
import CommandLineSupport
import ImageStreams

extension Examination {
  private static let tracedBlockLength = 4096

  /// Reads an input to its end and names the deliveries it was made of.
  ///
  /// - Parameters:
  ///   - name: a file or `-`.
  ///   - trace: the ledger's deliveries.
  /// - Returns: whether a delivery was named.
  /// - Throws: what was wrong with the input or the ledger.
  func examine(_ name: String, in trace: LedgerTrace) throws -> Bool {
    let source = try ByteSource(path: name)
    switch try kind(of: source) {
    case .picture, .otherPicture: return try tracePicture(source, name, in: trace)
    case .film: return try traceFilm(source, name, in: trace)
    case .sound: break
    }
    let (searches, failure) = try readings(source)
    let result = try trace.trace(searches, keys: keys)
    for mark in searches.flatMap(\.certainMarks) { try report.detection(mark, file: name) }
    for suspect in result.suspects {
      try report.delivery(suspect, runnerUp: result.runnerUp, file: name)
    }
    if result.suspects.isEmpty { try report.nobody(result, file: name) }
    try report.search(result, file: name)
    if let failure { throw failure }
    return !result.suspects.isEmpty
  }

  /// Reads the marks of all keys in an input, whatever they say.
  ///
  /// - Parameter source: its bytes.
  /// - Returns: what was read with each key, and what was wrong with the input behind that.
  /// - Throws: what was wrong with the input from its beginning on, or what ends everything.
  func readings(
    _ source: ByteSource
  ) throws -> (searches: [ReadingSearch], failure: (any ExplainedError)?) {
    let reader = try AudioReader(source, raw: raw)
    let channels = reader.format.channelCount
    let searches = keys.map { key in
      ReadingSearch(
        key: key, threshold: threshold / Double(keys.count), extent: extent,
        sampleRate: reader.format.sampleRate, channelCount: channels)
    }
    var progress = Progress(
      "tracing \(quoted(reader.name))", total: reader.frameCount.map(Double.init),
      diagnostics: diagnostics)
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(
      capacity: Self.tracedBlockLength * channels)
    defer { buffer.deallocate() }
    var frames = 0
    var failure: (any ExplainedError)?
    do {
      while case let count = try reader.read(into: buffer), count > 0 {
        let block = UnsafeBufferPointer(rebasing: buffer[..<(count * channels)])
        try checkFinite(block, of: reader, from: frames)
        frames += count
        for search in searches { search.append(block) }
        progress.update(Double(frames), "\(frames / reader.format.sampleRate) s")
      }
    } catch let error as any ExplainedError where !isFatal(error) {
      failure = error
    }
    for search in searches { search.finish() }
    progress.finish()
    for warning in reader.warnings { diagnostics.warning(warning) }
    if searches.contains(where: \.isTooShort) {
      diagnostics.note("\(quoted(reader.name)) is shorter than 1 s, which is never enough")
    }
    return (searches, failure)
  }
}

extension Examination {
  /// Tells whether a copy is the one of a receipt.
  ///
  /// - Parameters:
  ///   - name: a file; standard input is compared by its mark alone.
  ///   - check: the receipt.
  /// - Returns: whether it is.
  /// - Throws: what was wrong with the input.
  func compare(_ name: String, with check: ReceiptCheck) throws -> Bool {
    let ground = try check.ground(name, self)
    try report.receipt(check, ground, file: name)
    return ground != nil
  }
}
