import AudioMark
import AudioStreams
import CommandLineSupport
import MarkKeys

/// What has been done, for people and for programs.
struct EmbeddingSummary {
  /// What became of the symbols of a watermark.
  struct Symbols {
    let counts: MarkingStream.Summary
    let plan: MarkPlan
    let layers: Set<MarkLayer>
    /// Symbols in which a message is written once.
    let period: Int

    init(_ counts: MarkingStream.Summary, plan: MarkPlan, layers: Set<MarkLayer>, period: Int) {
      self.counts = counts
      self.plan = plan
      self.layers = layers
      self.period = period
    }
  }

  private let embedding: Embedding
  private let frames: Int
  private let symbols: Symbols?
  private let blocks: Int?

  init(_ embedding: Embedding, frames: Int, symbols: Symbols? = nil, blocks: Int? = nil) {
    self.embedding = embedding
    self.frames = frames
    self.symbols = symbols
    self.blocks = symbols.map { $0.counts.symbols / $0.period } ?? blocks
  }

  private var seconds: Double { Double(frames) / Double(embedding.reader.format.sampleRate) }

  /// One line; members are only ever added.
  var json: JSONValue {
    var members: [(name: String, value: JSONValue)] = [
      ("type", "embedding"), ("file", .string(embedding.reader.name)),
      ("key", .string(embedding.key.name)), ("message", .string(embedding.message.description)),
      ("method", .string(embedding.mark.method.rawValue)), ("seconds", .fixed(seconds, 3)),
    ]
    if let blocks { members.append(("blocks", .integer(Int64(blocks)))) }
    if let symbols {
      let counts = symbols.counts
      let layers = MarkLayer.allCases.filter(symbols.layers.contains)
      members += [
        ("plan", .string(symbols.plan.rawValue)),
        ("layers", .array(layers.map { .string($0.rawValue) })),
        ("symbols", .integer(Int64(counts.symbols))), ("marked", .integer(Int64(counts.marked))),
        ("silent", .integer(Int64(counts.silent))), ("unused", .integer(Int64(counts.unused))),
        ("limited", .integer(Int64(counts.limited))),
        ("signal_to_mark_db", counts.signalToMark.map { .fixed($0, 1) } ?? .null),
      ]
    }
    return .object(members)
  }

  /// The same in words.
  var text: String {
    let length = "\(decimal(seconds, digits: 1) ?? "") s"
    switch (symbols, blocks) {
    case (let symbols?, _):
      let counts = symbols.counts
      let ratio = counts.signalToMark.flatMap { decimal($0, digits: 1) } ?? "-"
      return "marked \(counts.marked) of \(counts.symbols) symbols in \(length), "
        + "\(counts.silent) silent, \(counts.limited) faded at full scale, "
        + "signal to mark \(ratio) dB"
    case (nil, let blocks?): return "wrote \(blocks) whole blocks in \(length)"
    case (nil, nil): return "wrote a tag beside \(length) of audio"
    }
  }
}
