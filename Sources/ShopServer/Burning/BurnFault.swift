import CommandLineSupport
package import Ledger
import Trade

/// Why a disc is not made, or not handed out.
package enum BurnFault: ExplainedError, Equatable {
  /// The order names no medium.
  case noMedium(Handle)
  /// The image is to be of another kind than the medium that was ordered.
  case wrongImage(String, Medium)
  /// Another program says something that is not understood.
  case notUnderstood(String, String)
  /// The drive holds another kind of medium than was ordered.
  case wrongMedium(String, String, Medium)
  /// The medium in the drive is written on.
  case notBlank(String)
  /// What is read back is not what was written: on a disc or in an image.
  case differs(String)
  /// A medium is lost.
  case spoiled(Handle, disc: Int, String)
  /// A disc is good, and the next one is to be put in.
  case nextDisc(Handle, Int, of: Int)
  /// Some discs of the order are good, and the others would be laid out otherwise now.
  case otherPlan(Handle)
  /// The order was not burned here.
  case notBurned(Handle)
  /// The disc was handed out in the other way.
  case handedOut(Handle, EventKind)

  package var description: String {
    switch self {
    case .noMedium(let order): "the order \(quoted("\(order)")) names no medium"
    case .wrongImage(let path, let medium):
      "\(quoted(path)) is no name for the image of a \(medium.rawValue)"
    case .notUnderstood(let program, let text):
      "\(quoted(program)) says something that is not understood: \(quoted(text))"
    case .wrongMedium(let device, let found, let medium):
      "the drive \(quoted(device)) holds \(quoted(found)), and a \(medium.rawValue) was ordered"
    case .notBlank(let device): "the medium in \(quoted(device)) is not blank"
    case .differs(let name): "what is read back from \(quoted(name)) is not what was written"
    case .spoiled(let order, let disc, let reason):
      "disc \(disc) of the order \(quoted("\(order)")) is spoiled: \(reason)"
    case .nextDisc(let order, let disc, let count):
      "the order \(quoted("\(order)")) needs disc \(disc) of \(count)"
    case .otherPlan(let order):
      "discs of the order \(quoted("\(order)")) are made for a medium of another capacity"
    case .notBurned(let order): "no disc was made here for the order \(quoted("\(order)"))"
    case .handedOut(let order, let kind):
      "the disc of the order \(quoted("\(order)")) was \(kind.rawValue)"
    }
  }

  package var hint: String? {
    switch self {
    case .wrongImage(_, .compactDisc): "the image of an audio disc is named NAME.cue"
    case .wrongImage: "the image of a data disc is named NAME.iso"
    case .wrongMedium, .notBlank: "the parcel is kept: put another medium in, and --retry"
    case .differs: "the parcel is kept: --retry"
    case .spoiled: "the parcel is kept: put a blank medium in, and --retry; it is billed once"
    case .nextDisc: "put a blank medium in, and --retry: what is written stays written"
    case .otherPlan: "name the same --capacity"
    case .notBurned: "shop-burn --list shows what is waiting"
    case .noMedium, .notUnderstood, .handedOut: nil
    }
  }
}
