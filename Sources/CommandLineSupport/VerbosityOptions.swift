import ArgumentParser

/// The options -q and -v, the same in every tool.
package struct VerbosityOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  package var quiet = false

  @Flag(name: .shortAndLong, help: "Say more on standard error.")
  package var verbose = false

  package init() {}

  package mutating func validate() throws {
    if quiet, verbose { throw ValidationError("-q and -v exclude each other") }
  }

  /// The voice of a tool under these options.
  package func diagnostics(for tool: String) -> Diagnostics {
    Diagnostics(tool: tool, verbosity: quiet ? .quiet : verbose ? .verbose : .normal)
  }
}
