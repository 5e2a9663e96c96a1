import AudioStreams
package import CommandLineSupport
import Distribution
import Glibc
import Ledger
package import Outlets
import Signing
import Trade

/// Plays what is held to a stream, at the pace of whoever reads it (signals 16 and 17).
///
/// The stream is a pipe as a rule: what is still in it was not heard and is not counted. The player
/// works in one thread, block by block, and moves between two blocks.
package final class Player {
  /// How it plays.
  package struct Settings: Sendable {
    /// Whether the stream has no header.
    package var isRaw = false
    /// Whether it is written no faster than it is heard, whatever reads it.
    package var isRealTime = false
    /// Where it begins; nil is where the listener left off.
    package var start: PlayPosition?
    /// Frames of the title for each that is heard.
    package var rate = 1.0

    package init() {}
  }

  enum State: String { case playing, paused, stopped, ended }

  let holding: Holding
  let meter: ViewingMeter
  let log: ViewingLog
  let session: ViewingLog.Session
  let inputs: PlayerInputs
  let answers: FileDescriptor
  let settings: Settings
  var title: PlayingTitle
  var state = State.playing
  /// The place the listener is at.
  var place: PlayPosition
  var moves = 0
  var isQuitting = false
  var speed: TapeSpeed
  var clock: PlayClock

  private let output: HeardOutput
  private let format: AudioFormat
  private var spans = HeardSpans()
  private var starts = ViewingStarts()
  private var samples: UnsafeMutableBufferPointer<Double>
  private let stored: UnsafeMutableRawBufferPointer
  private let framesInPiece: Int

  /// Opens the copy to begin with.
  ///
  /// - Parameters:
  ///   - holding: what is played.
  ///   - meter: counts what is heard.
  ///   - log: records what the listener does.
  ///   - output: the stream.
  ///   - inputs: where commands come from.
  ///   - answers: gets a JSON line for each command.
  ///   - settings: how it plays.
  /// - Throws: `HoldingFault`, `SystemError` or `AudioError`.
  package init(
    _ holding: Holding, _ meter: ViewingMeter, _ log: ViewingLog, output: FileDescriptor,
    inputs: PlayerInputs, answers: FileDescriptor, settings: Settings
  ) throws {
    self.holding = holding
    self.meter = meter
    self.log = log
    self.inputs = inputs
    self.answers = answers
    self.settings = settings
    session = try ViewingLog.Session(
      order: holding.order.ordered.order, user: holding.order.ordered.user)
    place =
      settings.start ?? PlayPosition(of: holding) ?? PlayPosition(item: 0, milliseconds: 0)
    title = try PlayingTitle(holding, item: place.item)
    try title.seek(place.milliseconds)
    format = title.heardFormat
    speed = TapeSpeed(channelCount: format.channelCount)
    speed.rate = settings.rate
    clock = PlayClock(isRunning: settings.isRealTime)
    self.output = HeardOutput(output)
    framesInPiece = max(self.output.pieceSize / format.frameByteCount - 2, 1)
    samples = .allocate(capacity: (framesInPiece * 4 + 1) * format.channelCount)
    stored = .allocate(byteCount: self.output.pieceSize + 8, alignment: 64)
  }

  deinit {
    samples.deallocate()
    stored.deallocate()
  }

  /// Plays until the end, or until it is told to end.
  ///
  /// - Throws: `HoldingFault.ended` when the holding is ended meanwhile; `SystemError`, with EPIPE
  ///   when nobody listens any more; `AudioError`; what the ledger throws.
  package func run() throws {
    try log.note(.start, in: session, at: place.milliseconds)
    try log.flush()
    do {
      if !settings.isRaw { try writeHeader() }
      try play()
    } catch {
      try? leave()
      throw error
    }
    try leave()
  }

  private func writeHeader() throws {
    let header = WaveFileHeader(format, AudioMetadata(), frameCount: nil)
    try header.bytes.withUnsafeBytes { try output.write($0) }
  }

  private func play() throws {
    while !isQuitting {
      try countHeard()
      if state == .ended, output.taken >= output.written { break }
      let isWriting = state == .playing && clock.milliseconds == 0
      let news = try inputs.wait(
        output: output.descriptor, wantsToWrite: isWriting, milliseconds: waiting, rate: speed.rate)
      if news.isEnding { isQuitting = true }
      for command in news.commands { try obey(command) }
      if news.isClosed { throw SystemError("cannot write", "standard output", code: EPIPE) }
      if news.canWrite, state == .playing, !isQuitting { try writePiece() }
      // Nobody can make it go on.
      if !inputs.isOpen, state == .paused || state == .stopped { break }
    }
  }

  /// How long to wait for news, in milliseconds.
  private var waiting: CInt {
    switch state {
    case .playing: CInt(min(max(clock.milliseconds, 1), 200))
    case .ended: 10
    case .paused, .stopped: output.taken < output.written ? 50 : 500
    }
  }

  /// Writes a block, or goes on to the next copy.
  private func writePiece() throws {
    let first = title.frame
    let wanted = max(Int(Double(framesInPiece) * speed.rate), 1)
    let count = try title.read(
      UnsafeMutableBufferPointer(rebasing: samples[..<(wanted * format.channelCount)]))
    if count == 0 { return try goOn() }
    let heard = speed.heard(
      UnsafeBufferPointer(rebasing: samples[..<(count * format.channelCount)]))
    let frames = heard.count / format.channelCount
    if frames > 0, let base = stored.baseAddress {
      heard.withUnsafeBufferPointer { samples in
        if let first = samples.baseAddress {
          StoredSamples.encode(first, samples.count, as: format.encoding, into: base)
        }
      }
      try output.write(
        UnsafeRawBufferPointer(rebasing: stored[..<(frames * format.frameByteCount)]))
      clock.played(Double(frames) / Double(format.sampleRate))
    }
    let part = title.milliseconds(of: first)..<title.milliseconds(of: title.frame)
    spans.append(
      HeardPart(item: title.item, milliseconds: part, moves: moves), end: output.written)
  }

  /// The next copy, if there is one that the stream can go on with.
  private func goOn() throws {
    let next = title.item + 1
    guard holding.items.indices.contains(next) else { return state = .ended }
    let following = try PlayingTitle(holding, item: next)
    guard following.heardFormat == format else { return state = .ended }
    title = following
    speed.restart()
  }

  /// Moves to a copy and a place in it.
  func move(to item: Int, _ milliseconds: Int64) throws {
    if item != title.item {
      let other = try PlayingTitle(holding, item: item)
      guard other.heardFormat == format else { throw OtherFormat(number: item + 1) }
      title = other
    }
    try title.seek(milliseconds)
    speed.restart()
    moves += 1
    place = PlayPosition(item: item, milliseconds: title.milliseconds(of: title.frame))
    if state == .ended { state = .playing }
  }

  /// Counts what the listener has taken since the last time.
  private func countHeard() throws {
    for part in spans.heard(taken: output.taken) {
      if part.moves == moves {
        place = PlayPosition(item: part.item, milliseconds: part.milliseconds.upperBound)
      }
      if part.milliseconds.isEmpty { continue }
      for counted in starts.heard(part.item, part.milliseconds) {
        try meter.began(session.id, item: part.item)
        try meter.watched(item: part.item, milliseconds: counted)
      }
    }
    guard clock.isDue else { return }
    guard holding.isHeld else { throw HoldingFault.ended(session.order) }
    if log.isPending {
      // The ledger's lock must not stop the music.
      Task.detached { [log] in try? log.flush() }
    }
  }

  /// Writes down what is not written yet, and where the listener is.
  private func leave() throws {
    let hasHeardAll = state == .ended && !isQuitting
    if state != .stopped { try log.note(.stop, in: session, at: place.milliseconds) }
    defer { log.end(session) }
    if holding.isHeld {
      try countHeard()
      try meter.flush()
      let rest = hasHeardAll ? PlayPosition(item: 0, milliseconds: 0) : place
      try rest.save(in: holding)
    }
    try log.flush()
  }
}
