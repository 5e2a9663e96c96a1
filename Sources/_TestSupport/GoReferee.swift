import Glibc

/// A program on other people's code (Go's checksum database) that judges logs; built once.
package struct GoReferee {
  private static let folder = TemporaryFolder()
  private static let build = Result { try GoReferee.built() }

  private let path: String

  /// - Throws: `TestFailure` when it cannot be built, for instance since there is no Go.
  package init() throws { path = try Self.build.get() }

  /// Runs a command of the referee.
  ///
  /// - Throws: `TestFailure`.
  package func run(_ arguments: [String], input: String = "") throws -> Subprocess {
    try Subprocess.run(path, arguments, input: Array(input.utf8))
  }

  private static func built() throws -> String {
    atexit { GoReferee.folder.remove() }
    let program = folder.path("tlog")
    let source = BuiltTools.packageRoot() + "/Tests/referees/tlog"
    let environment = [
      "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": folder.path("cache"),
      "GOFLAGS": "",
    ]
    let result = try Subprocess.run(
      "go", ["build", "-o", program, "main.go"], environment: environment, folder: source,
      seconds: 300)
    guard result.status == 0 else { throw TestFailure("go build: \(result.errors)") }
    return program
  }
}
