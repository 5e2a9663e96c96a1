import AudioMark
package import AudioStreams
package import CommandLineSupport

/// Puts copies together out of the two variants of a master: bytes are copied, nothing is computed
/// from samples.
///
///     let choice = try VariantChoice(master, identity: message, codeword: codeword)
///     let splicer = Splicer(master)
///     try splicer.writeFLAC(choice, tags: tags, to: output)
///     try output.finish()
///
/// It can be used for any number of copies, one after another.
package final class Splicer {
  /// What copies are made of.
  package let master: Master

  private let offsets: [[Int64]]
  private let copier: PartCopier

  package init(_ master: Master) {
    self.master = master
    // So much stays in the processor's cache.
    copier = PartCopier(master.files, byteCount: 256 * 1024)
    offsets = MarkVariant.allCases.map { variant in
      var sum: Int64 = 0
      return [0]
        + master.index.frameSizes.map { size in
          sum += Int64(variant == .a ? size.a : size.b)
          return sum
        }
    }
  }

  /// Writes a copy as WAVE: RF64 where 4 GiB do not suffice.
  ///
  /// - Parameters:
  ///   - choice: which variant it takes where.
  ///   - tags: what it says about itself.
  ///   - container: `wav` or `rf64`.
  ///   - output: a file or pipe; making it final is left to the caller.
  /// - Throws: `MasterError.wrongSize` or `SystemError`.
  package func writeWave(
    _ choice: VariantChoice, tags: CopyTags = CopyTags(), as container: AudioContainer = .wav,
    to output: OutputFile
  ) throws {
    var format = master.manifest.format
    format.container = container
    let frameCount = master.manifest.frameCount
    let header = WaveFileHeader(format, tags.metadata, frameCount: frameCount)
    copier.begin()
    try copier.put(header.bytes, to: output)
    let frame = Int64(format.frameByteCount)
    try copy(choice, MasterPart.samples, to: output) { symbol, isEnd, _ in
      frame * Int64(isEnd ? frameCount : format.firstFrame(ofSymbol: symbol))
    }
    if frame * Int64(frameCount) % 2 == 1 { try copier.put([0], to: output) }
    try copier.flush(to: output)
  }

  /// Writes a copy as FLAC: the frames are exchanged as they are.
  ///
  /// - Parameters:
  ///   - choice: which variant it takes where.
  ///   - tags: what it says about itself.
  ///   - output: a file or pipe; making it final is left to the caller.
  /// - Throws: `MasterError.noFrames` and `.wrongSize`, or `SystemError`.
  package func writeFLAC(
    _ choice: VariantChoice, tags: CopyTags = CopyTags(), to output: OutputFile
  ) throws {
    let (manifest, index) = (master.manifest, master.index)
    guard let symbolFrames = manifest.format.symbolFrames, !index.frameSizes.isEmpty else {
      throw MasterError.noFrames(master.path, sampleRate: manifest.format.sampleRate)
    }
    var sizes = index.frameSizes.map(\.a)
    for (symbol, variant) in choice.variants.enumerated() where variant == .b {
      sizes[symbol] = index.frameSizes[symbol].b
    }
    let header = FLACFileHeader(
      manifest.format, symbolFrames: symbolFrames, frameCount: manifest.frameCount,
      frameSizes: sizes, tags: tags)
    copier.begin()
    try copier.put(header.bytes, to: output)
    let offsets = self.offsets
    try copy(choice, MasterPart.frames, to: output) { symbol, isEnd, variant in
      offsets[variant.rawValue][isEnd ? index.frameSizes.count : symbol]
    }
    try copier.flush(to: output)
  }

  /// Copies the runs of a choice; `offset` says where in a variant a symbol begins, or where the
  /// recording ends.
  private func copy(
    _ choice: VariantChoice, _ part: (MarkVariant) -> MasterPart, to output: OutputFile,
    offset: (_ symbol: Int, _ isEnd: Bool, MarkVariant) -> Int64
  ) throws {
    precondition(choice.variants.count == master.index.symbolCount, "a choice of another master")
    for run in choice.runs(master.index) {
      let isLast = run.symbols.upperBound == choice.variants.count
      try copier.copy(
        part(run.variant),
        offset(
          run.symbols.lowerBound, false, run.variant)..<offset(
            run.symbols.upperBound, isLast, run.variant), to: output)
    }
  }
}
