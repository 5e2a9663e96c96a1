import AudioMark
import CommandLineSupport
import Glibc
import VideoStreams

/// How ffmpeg, a neighbour in a pipe, reads a film and encodes its variants.
package struct FilmEncoding: Sendable, Equatable {
  /// The words of the video's encoder.
  package let video: [String]
  /// The words of the sound's encoder; nil for FLAC that is marked, so that each copy has its own.
  package let sound: [String]?

  /// H.264 that nearly all players know, and marked FLAC.
  package static let standard = FilmEncoding(
    video: "-c:v libx264 -preset medium -crf 20 -pix_fmt yuv420p", sound: nil)

  /// - Parameters:
  ///   - video: the words of the video's encoder, blanks between them.
  ///   - sound: those of the sound's; nil for FLAC that is marked.
  package init(video: String, sound: String?) {
    func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    self.video = words(video)
    self.sound = sound.map(words)
  }

  private static let program = "ffmpeg"
  private static let quiet = ["-nostdin", "-hide_banner", "-v", "error"]

  /// What is to be known of a film's pictures before they are decoded.
  struct PictureFormat {
    /// How colours are meant, which YUV4MPEG2 does not say, in words for an encoder.
    fileprivate(set) var colours: [String] = []
    /// Whether samples have more than 8 bits.
    fileprivate(set) var isWide = false
  }

  /// The format of a film's pictures.
  ///
  /// - Parameter path: the film.
  /// - Returns: what ffprobe says of it.
  /// - Throws: `MasterError.noPictures`, `ChildFault` or `SystemError`.
  static func pictureFormat(of path: String) throws -> PictureFormat {
    let names = [
      "color_space": "-colorspace", "color_transfer": "-color_trc",
      "color_primaries": "-color_primaries",
    ]
    let said = try probe(
      path,
      [
        "-select_streams", "V:0", "-show_entries",
        "stream=pix_fmt," + names.keys.sorted().joined(separator: ","), "-of", "default=nw=1",
      ])
    if said.isEmpty { throw MasterError.noPictures(path) }
    var format = PictureFormat()
    for line in said.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[1] != "unknown" else { continue }
      // As in yuv420p10le: names of wide formats end with the order of bytes.
      if parts[0] == "pix_fmt" {
        format.isWide = parts[1].hasSuffix("le") || parts[1].hasSuffix("be")
      }
      if let option = names[parts[0]] { format.colours += [option, parts[1]] }
    }
    return format
  }

  /// Starts a decoder.
  ///
  /// - Parameters:
  ///   - path: a film of any kind that ffmpeg knows.
  ///   - format: as `pictureFormat(of:)` says; what has more than 8 bits gets 10.
  /// - Returns: a process whose output is YUV4MPEG2.
  /// - Throws: `ChildFault` or `SystemError`.
  static func decoder(of path: String, _ format: PictureFormat) throws -> ChildProcess {
    try ChildProcess(
      program,
      quiet + [
        "-xerror", "-i", file(path), "-map", "0:V:0", "-fps_mode", "cfr", "-pix_fmt",
        format.isWide ? "yuv420p10le" : "yuv420p", "-strict", "-1", "-f", "yuv4mpegpipe", "-",
      ], readsOutput: true)
  }

  private static func probe(_ path: String, _ words: [String]) throws -> String {
    let probe = try ChildProcess(
      "ffprobe", ["-v", "error"] + words + [file(path)], readsOutput: true)
    var said: [UInt8] = []
    while let more = try probe.output?.readAvailable(4096), !more.isEmpty, said.count < 1 << 16 {
      said += more
    }
    try probe.finish()
    return String(decoding: said, as: UTF8.self)
  }

  /// Encodes the sound of a film.
  ///
  /// - Parameters:
  ///   - path: a film that has sound.
  ///   - words: of the encoder.
  /// - Returns: MP4 without pictures, in a file without a name.
  /// - Throws: `ChildFault` or `SystemError`.
  static func soundtrack(of path: String, _ words: [String]) throws -> FileDescriptor {
    let sound = try FileDescriptor.unnamed()
    let encoder = try ChildProcess(
      program,
      quiet + ["-y", "-i", file(path), "-map", "0:a:0"] + words
        + ["-map_metadata", "-1", "-f", "mp4", link(sound)])
    try encoder.finish()
    return sound
  }

  /// What is to be known of a film's sound before it is decoded.
  struct SoundFormat {
    /// A rate at which symbols are equally long, Hz: its own, if possible.
    let sampleRate: Int
    /// Whether samples have more than 16 bits.
    let isWide: Bool
  }

  /// The format of a film's sound.
  ///
  /// - Returns: nil when there is no sound.
  /// - Throws: `ChildFault` or `SystemError`.
  static func soundFormat(of path: String) throws -> SoundFormat? {
    let said = try probe(
      path,
      [
        "-select_streams", "a:0", "-show_entries", "stream=sample_rate,bits_per_raw_sample",
        "-of", "default=nw=1",
      ])
    if said.isEmpty { return nil }
    func number(_ name: String) -> Int {
      said.split(whereSeparator: \.isNewline).first { $0.hasPrefix(name + "=") }
        .flatMap { Int($0.dropFirst(name.utf8.count + 1)) } ?? 0
    }
    let rate = number("sample_rate")
    let isKept = rate.isMultiple(of: MarkGeometry.symbolRate) && 8000...192_000 ~= rate
    return SoundFormat(
      sampleRate: isKept ? rate : 48_000, isWide: number("bits_per_raw_sample") > 16)
  }

  /// Starts a decoder of a film's sound.
  ///
  /// - Parameters:
  ///   - path: the film.
  ///   - format: as `soundFormat(of:)` says.
  /// - Returns: a process whose output is WAVE that begins with the film.
  /// - Throws: `ChildFault` or `SystemError`.
  static func soundDecoder(of path: String, _ format: SoundFormat) throws -> ChildProcess {
    try ChildProcess(
      program,
      quiet + [
        "-xerror", "-i", file(path), "-map", "0:a:0", "-af", "aresample=async=1:first_pts=0",
        "-ar", "\(format.sampleRate)", "-c:a", format.isWide ? "pcm_s24le" : "pcm_s16le", "-f",
        "wav", "-",
      ], readsOutput: true)
  }

  /// Starts an encoder of a variant.
  ///
  /// - Parameters:
  ///   - format: of the frames it is given.
  ///   - colours: as `pictureFormat(of:)` says.
  ///   - sound: MP4 to go with the pictures, as it is.
  /// - Returns: a process that is given YUV4MPEG2 and gives fragmented MP4, a fragment for each segment.
  /// - Throws: `ChildFault` or `SystemError`.
  func encoder(
    _ format: FilmFormat, colours: [String], sound: FileDescriptor?
  ) throws -> ChildProcess {
    let rate = FilmMasterWriter.rate(of: format)
    // The same floating-point operations as FilmMarker.segment(ofFrame:framesPerSecond:).
    let segment = "trunc(n/(\(rate.numerator)/\(rate.denominator))/2)"
    let before = "trunc((n-1)/(\(rate.numerator)/\(rate.denominator))/2)"
    var words = Self.quiet + ["-f", "yuv4mpegpipe", "-i", "-"]
    if let sound {
      words += ["-i", Self.link(sound), "-map", "0:v", "-map", "1:a", "-c:a", "copy"]
    }
    words += colours + video
    words += [
      "-force_key_frames", "expr:eq(n,0)+gt(\(segment),\(before))", "-g", "100000", "-sc_threshold",
      "0", "-flags", "+cgop+bitexact", "-fflags", "+bitexact", "-map_metadata", "-1",
      "-video_track_timescale", "\(FilmMasterWriter.timescale(of: format))", "-fps_mode", "cfr",
      "-movflags", "+empty_moov+frag_keyframe+default_base_moof", "-f", "mp4", "-",
    ]
    return try ChildProcess(Self.program, words, input: .pipe, readsOutput: true)
  }

  /// A path that is not taken for an option or a protocol.
  private static func file(_ path: String) -> String { "file:" + path }

  /// What a child finds a file of this process under.
  private static func link(_ file: FileDescriptor) -> String {
    "file:/proc/\(getpid())/fd/\(file.number)"
  }
}

extension ChildProcess {
  /// Takes what a decoder writes.
  ///
  /// - Parameters:
  ///   - orExplain: errors of this type come of a decoder that has failed, if it has: then what it says
  ///     is closer to the cause.
  ///   - body: is given its output.
  /// - Returns: what the body returns.
  /// - Throws: `ChildFault`, or what the body throws; the decoder has ended then.
  func decode<Fault: Error, Result>(
    orExplain: Fault.Type, _ body: (FileDescriptor) throws -> Result
  ) throws -> Result {
    guard let output else { preconditionFailure("a decoder whose output is not read") }
    do { return try body(output) } catch let error as Fault {
      try finish()
      throw error
    } catch {
      // It may wait for somebody to read what it has decoded.
      abandon()
      throw error
    }
  }
}
