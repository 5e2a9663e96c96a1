import Glibc

/// Where the package's own programs and files are while tests run.
package enum BuiltTools {
  /// The path of a program of this package; the test target must depend on it.
  package static func path(_ name: String) throws -> String {
    let path = folder + "/" + name
    guard access(path, X_OK) == 0 else { throw TestFailure("\(path) is not built") }
    return path
  }

  /// The folder of the built programs: they lie beside the bundle of the tests.
  private static var folder: String {
    let arguments = CommandLine.arguments
    let bundle = arguments.first { $0.hasSuffix(".xctest") } ?? arguments[0]
    var parts = bundle.split(separator: "/", omittingEmptySubsequences: false)
    while parts.last?.hasSuffix(".xctest") == false,
      parts.contains(where: { $0.hasSuffix(".xctest") })
    {
      parts.removeLast()
    }
    return parts.dropLast().joined(separator: "/")
  }

  /// The root of the package, from the path of a source file in it.
  package static func packageRoot(_ file: String = #filePath) -> String {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }
}
