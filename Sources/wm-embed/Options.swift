import ArgumentParser
import AudioMark
import AudioStreams
import CommandLineSupport
import ImageMark
import ImageStreams
import MarkKeys

/// The message, as digits or as the numbers of a delivery.
struct MessageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The message, 32 hexadecimal digits, or 16 with --bits 64.", valueName: "hex"))
  var message: String?

  @Option(
    help: ArgumentHelp(
      "The length of the message in a picture or film, 128 or 64. (default: 128)",
      valueName: "number"))
  var bits: Int?

  @Option(help: ArgumentHelp("The number of the user.", valueName: "number"))
  var user: Int?

  @Option(help: ArgumentHelp("The number of the delivery server.", valueName: "number"))
  var ds: Int?

  @Option(help: ArgumentHelp("The number of the content server.", valueName: "number"))
  var cs: Int?

  @Option(
    help: ArgumentHelp(
      "The number of the home server or shop. (default: 0, none)", valueName: "number"))
  var outlet: Int?

  @Option(help: ArgumentHelp("The serial number of the delivery.", valueName: "number"))
  var serial: Int?

  func validate() throws {
    let numbers = [
      ("--cs", cs), ("--ds", ds), ("--outlet", outlet), ("--user", user), ("--serial", serial),
    ]
    let given = numbers.filter { $0.1 != nil }
    if let bits, bits != 64, bits != 128 {
      throw ValidationError("--bits \(bits) is neither 128 nor 64")
    }
    if message != nil {
      guard let first = given.first else { return }
      throw ValidationError("--message and \(first.0) exclude each other")
    }
    if given.isEmpty { throw ValidationError("the message is missing; give --message HEX") }
    let needed = bits == 64 ? ["--cs", "--serial"] : ["--cs", "--ds", "--user", "--serial"]
    let missing = numbers.filter { $0.1 == nil && needed.contains($0.0) }.map(\.0)
    if !missing.isEmpty {
      throw ValidationError("with \(given[0].0), \(missing.joined(separator: ", ")) is missing")
    }
  }

  /// The message of 128 bits.
  func parsed() throws -> Message {
    if let message { return try Message(hexadecimal: message) }
    return try identity.message
  }

  /// The message of a picture, of either length.
  func parsedForPicture() throws -> ImageMessage {
    guard bits == 64 else { return .full(try parsed()) }
    return .short(try message.map { try ShortMessage(hexadecimal: $0) } ?? ShortMessage(identity))
  }

  private var identity: DeliveryIdentity {
    get throws {
      try DeliveryIdentity(
        contentServer: cs ?? 0, deliveryServer: ds ?? 0, outlet: outlet ?? 0, user: user ?? 0,
        serial: serial ?? 0)
    }
  }
}

/// Where a message is written.
enum MarkMethod: String, ExpressibleByArgument, CaseIterable {
  /// Frequency components: the watermark.
  case spectral
  /// The lowest bits of samples.
  case lsb
  /// A tag of the file.
  case tag
}

/// How the message is written.
struct MarkOptions: ParsableArguments {
  @Option(help: "Where to write: spectral (the watermark), lsb or tag, which are weak.")
  var method: MarkMethod = .spectral

  @Option(help: "How strongly, 0.25 to 4. (default: 1)")
  var strength: Double?

  @Option(help: "How symbols are shared out: direct or delivery. (default: direct)")
  var plan: String?

  @Option(
    help: "With plan delivery, what to write: copyright, identity. (default: identity)")
  var layer: [String] = []

  /// The plan, by name.
  var markPlan: MarkPlan { plan.flatMap { MarkPlan(rawValue: $0) } ?? .direct }

  /// The layers that are written.
  var layers: Set<MarkLayer> {
    let names = layer.flatMap { $0.split(separator: ",") }
    return names.isEmpty ? [.identity] : Set(names.compactMap { MarkLayer(rawValue: String($0)) })
  }

  func validate() throws {
    if method != .spectral {
      for (name, isGiven) in [
        ("--strength", strength != nil), ("--plan", plan != nil), ("--layer", !layer.isEmpty),
      ] where isGiven {
        throw ValidationError("--method \(method.rawValue) does not know \(name)")
      }
    }
    if let strength, !(0.25...4).contains(strength) {
      throw ValidationError("--strength \(strength) is outside 0.25...4")
    }
    if let plan, MarkPlan(rawValue: plan) == nil {
      throw ValidationError("--plan \(quoted(plan)) is neither direct nor delivery")
    }
    for list in layer {
      for name in list.split(separator: ",", omittingEmptySubsequences: false) {
        guard let layer = MarkLayer(rawValue: String(name)) else {
          throw ValidationError("--layer \(quoted(String(name))) is not copyright or identity")
        }
        if layer == .fingerprint {
          throw ValidationError(
            "--layer fingerprint needs the codeword of a delivery, which a message does not have")
        }
      }
    }
    if !layer.isEmpty, markPlan == .direct, layers != [.identity] {
      throw ValidationError("--layer copyright needs --plan delivery")
    }
  }
}

/// What the audio is, where it does not say so itself, and what becomes of it.
struct AudioOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The format of the output: wav, rf64, aiff, flac, ogg, opus, mp3, caf, w64, au or raw."
        + " (default: by its name, else wav)", valueName: "name"))
  var format: String?

  @Option(
    help: ArgumentHelp(
      "The quality of ogg, opus and mp3, or the least one of a JPEG, 0 to 1.", valueName: "number"))
  var quality: Double?

  @Option(
    help: ArgumentHelp(
      "Read samples without a header: RATE,CHANNELS,ENCODING.", valueName: "format"))
  var raw: String?

  func validate() throws {
    if let quality, !(0...1).contains(quality) {
      throw ValidationError("--quality \(quality) is outside 0...1")
    }
    if let format, AudioContainer(rawValue: format).map({ $0 == .other }) ?? true {
      throw ValidationError("--format \(quoted(format)) names no known audio format")
    }
  }

  /// Refuses what is given and has no meaning for a picture.
  func check(for image: StillImage, _ mark: MarkOptions, output: String?) throws {
    for (option, isGiven) in [
      ("--format", format != nil), ("--plan", mark.plan != nil), ("--layer", !mark.layer.isEmpty),
    ] where isGiven {
      throw PictureRefusal.option(option, image.name)
    }
    // A name that says what a picture is must not lie.
    guard let output, let suffix = output.split(separator: ".").last?.lowercased() else { return }
    let kinds: [String: ImageKind] = [
      "png": .png, "jpg": .jpeg, "jpeg": .jpeg, "jpe": .jpeg, "webp": .webp,
    ]
    if let kind = kinds[suffix], kind != image.kind {
      throw PictureRefusal.otherFormat(output, image.kind)
    }
  }

  /// Refuses what is given and has no meaning for a film.
  func checkForFilm(_ name: String, _ mark: MarkOptions, output: String?) throws {
    for (option, isGiven) in [
      ("--format", format != nil), ("--plan", mark.plan != nil), ("--layer", !mark.layer.isEmpty),
      ("--quality", quality != nil),
    ] where isGiven {
      throw FilmRefusal.option(option, name)
    }
    let others = ["mp4", "mkv", "mov", "webm", "avi", "mpg", "ts", "wav", "flac", "png", "jpg"]
    if let output, let suffix = output.split(separator: ".").last?.lowercased(),
      others.contains(suffix)
    {
      throw FilmRefusal.otherFormat(output)
    }
  }
}
