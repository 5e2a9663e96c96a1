import CommandLineSupport
package import Ledger

/// The folder of masters of a content server or delivery server.
///
/// `STORE/masters/NAME` is the master of a title. A name is the title's handle, with `%2F` for a
/// slash and `%2E` for a dot at the beginning. What begins with a dot is unfinished.
package struct MasterStore: Sendable {
  /// The folder of the server.
  package let path: String

  package init(_ path: String) { self.path = path }

  /// The folder of all masters.
  package var folder: String { path + "/masters" }

  /// The folder of a title's master.
  package func folder(of content: Handle) -> String { folder + "/" + Self.name(content) }

  /// The file name that stands for a title.
  package static func name(_ content: Handle) -> String {
    var name = ""
    for (place, character) in content.description.enumerated() {
      switch character {
      case "/": name += "%2F"
      case "." where place == 0: name += "%2E"
      default: name.append(character)
      }
    }
    return name
  }

  /// The title that a file name stands for; nil for other files.
  package static func content(_ name: String) -> Handle? {
    let text = name.replacing("%2F", with: "/").replacing("%2E", with: ".")
    guard let content = try? Handle(text), Self.name(content) == name else { return nil }
    return content
  }
}
