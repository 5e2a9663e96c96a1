import CommandLineSupport
import Glibc
import MarkKeys

/// The keys to look for: from `--key`, else from the environment.
struct KeyRing {
  let keys: [MarkKey]

  /// - Parameters:
  ///   - paths: files and folders.
  ///   - diagnostics: hears of keys that others can read or that were given twice.
  /// - Throws: what is wrong with a key, or that there is none.
  init(paths: [String], diagnostics: Diagnostics) throws {
    var paths = paths
    if paths.isEmpty {
      guard let value = getenv("SUKASHI_KEY").map({ String(cString: $0) }), !value.isEmpty
      else { throw NoKey() }
      paths = [value]
    }
    var keys: [MarkKey] = []
    for file in try paths.flatMap(MarkKeyFile.readAll) {
      if let warning = file.warning { diagnostics.warning(warning, hint: file.hint) }
      if keys.contains(where: { $0.secret == file.key.secret }) {
        diagnostics.note("the mark key \(quoted(file.path)) was given before")
      } else {
        keys.append(file.key)
      }
    }
    self.keys = keys
  }
}

/// Neither an option nor the environment names a key.
private struct NoKey: ExplainedError {
  var description: String { "no mark key is given" }
  var hint: String? { "use --key FILE, or set SUKASHI_KEY to a key or a folder of keys" }
}
