import ArgumentParser
import DiscLayout
import ShopServer

/// What is written on, and how.
struct DiscOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write an image: NAME.cue of an audio disc, NAME.iso of a data disc.", valueName: "file"))
  var image: String?

  @Option(
    help: ArgumentHelp(
      "Write on the medium in this drive, such as /dev/sr0.", valueName: "device"))
  var device: String?

  @Flag(help: "Write nothing: keep the parcel for --retry.") var keep = false

  @Option(
    help: ArgumentHelp(
      "What a compact disc holds: 21, 74, 80 or 90. (default: 80)", valueName: "minutes"))
  var capacity: Int?

  @Option(help: ArgumentHelp("How fast the drive writes.", valueName: "factor")) var speed: Int?

  @Flag(help: "Do everything but write: nothing is erased, reported or billed.") var dummy = false

  @Flag(help: "Open the drive when the disc is written and read back.") var eject = false

  /// The options that were given.
  var given: [String] {
    let all: [(String, Bool)] = [
      ("--image", image != nil), ("--device", device != nil), ("--keep", keep),
      ("--capacity", capacity != nil), ("--speed", speed != nil), ("--dummy", dummy),
      ("--eject", eject),
    ]
    return all.filter(\.1).map(\.0)
  }

  /// Checks what goes together.
  ///
  /// - Throws: `ValidationError`.
  func check(isRetry: Bool) throws {
    let targets = given.filter { ["--image", "--device", "--keep"].contains($0) }
    if targets.isEmpty {
      throw ValidationError("nothing is named to write on: use --image, --device or --keep")
    }
    if targets.count > 1 {
      throw ValidationError("\(targets[0]) and \(targets[1]) exclude each other")
    }
    if keep, isRetry { throw ValidationError("--keep does not go with --retry") }
    if keep, let other = given.first(where: { $0 != "--keep" }) {
      throw ValidationError("\(other) does not go with --keep")
    }
    if device == nil, speed != nil || eject {
      throw ValidationError("\(speed != nil ? "--speed" : "--eject") goes with --device")
    }
    if let capacity, !DiscCapacity.minutesMade.contains(capacity) {
      throw ValidationError("--capacity is one of 21, 74, 80 and 90, not \(capacity)")
    }
    if let speed, !(1...100).contains(speed) {
      throw ValidationError("--speed is outside 1 to 100")
    }
  }

  /// How discs are made; nil when none is.
  var settings: BurnSettings? {
    let target: BurnSettings.Target? =
      image.map { .image($0) } ?? device.map { .drive($0) }
    return target.map {
      BurnSettings(
        $0, minutes: capacity ?? 80, speed: speed, isDummy: dummy, ejects: eject)
    }
  }
}
