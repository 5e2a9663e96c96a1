import CommandLineSupport
import Glibc

/// Which key is meant: that of the option, else that of the environment.
package enum KeyChoice: ExplainedError {
  case missing
  case several(String, Int)

  /// The variable that names a key or a folder with one.
  private static let variable = "SUKASHI_KEY"

  /// Reads the key.
  ///
  /// - Parameter option: the file or folder of the option; nil when it was not given.
  /// - Returns: the key and where it came from.
  /// - Throws: `KeyChoice` when there is none or more than one, and as `MarkKeyFile`.
  package static func key(option: String?) throws -> MarkKeyFile {
    let path = option ?? getenv(variable).map { String(cString: $0) } ?? ""
    if path.isEmpty { throw KeyChoice.missing }
    let keys = try MarkKeyFile.readAll(path)
    guard keys.count == 1 else { throw KeyChoice.several(path, keys.count) }
    return keys[0]
  }

  package var description: String {
    switch self {
    case .missing: "no mark key is given"
    case .several(let path, let count): "\(quoted(path)) has \(count) mark keys"
    }
  }

  package var hint: String? {
    switch self {
    case .missing: "use --key FILE, or set SUKASHI_KEY to a key"
    case .several: "name the one to mark with: --key FILE"
    }
  }
}
