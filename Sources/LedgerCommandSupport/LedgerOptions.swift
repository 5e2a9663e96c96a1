package import ArgumentParser
package import CommandLineSupport
import Glibc
package import Ledger
import Signing
package import Trade

/// Which ledger a tool works on: `--ledger`, else `SUKASHI_LEDGER`.
package struct LedgerOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The ledger. (default: $SUKASHI_LEDGER)", valueName: "file"))
  package var ledger: String?

  package init() {}

  /// The ledger's path.
  ///
  /// - Throws: `MissingSetting` when nothing names it.
  package var path: String {
    get throws {
      try setting(
        ledger, "SUKASHI_LEDGER", "no ledger is named",
        hint: "use --ledger FILE or set SUKASHI_LEDGER")
    }
  }

  /// The ledger, to be read.
  package var file: LedgerFile { get throws { LedgerFile(try path) } }
}

/// How a tool writes to a ledger.
package struct WritingOptions: ParsableArguments {
  @OptionGroup package var ledger: LedgerOptions

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("The party that writes. (default: $SUKASHI_AS)", valueName: "party"))
  package var party: String?

  @Option(
    help: ArgumentHelp(
      "The party's signing key. (default: $SUKASHI_SIGNING_KEY)", valueName: "file"))
  package var signingKey: String?

  @Option(
    help: ArgumentHelp("How long to wait for the ledger's lock.", valueName: "seconds"))
  package var lockTimeout: Double = 30

  @Flag(
    name: .customLong("allow-network-fs"),
    help: "Write to NFS, SMB or FUSE although locks and syncs promise nothing there.")
  package var allowsNetwork = false

  package init() {}

  package mutating func validate() throws {
    guard (0...86_400).contains(lockTimeout) else {
      throw ValidationError("--lock-timeout is outside 0 to 86400 seconds")
    }
  }

  /// How long to wait for the lock.
  package var lockMilliseconds: Int { Int((lockTimeout * 1000).rounded()) }

  /// The ledger, to be written.
  package var file: LedgerFile {
    get throws { LedgerFile(try ledger.path, allowsNetwork: allowsNetwork) }
  }

  /// The key and name of the party that writes; without a name the key's is taken.
  ///
  /// - Throws: `MissingSetting`, or what is wrong with the key's file.
  package func author(_ diagnostics: Diagnostics) throws -> Author {
    let path = try setting(
      signingKey, "SUKASHI_SIGNING_KEY", "no signing key is named",
      hint: "use --signing-key FILE or set SUKASHI_SIGNING_KEY")
    let file = try SigningKeyFile(reading: path)
    if let warning = file.warning { diagnostics.warning(warning, hint: file.hint) }
    let name = party ?? environment("SUKASHI_AS") ?? file.key.name
    return Author(name: try PartyName(name), key: file.key, clock: systemClock)
  }
}

/// The time of the machine's clock.
package let systemClock: @Sendable () -> UTCTime = {
  (try? UTCTime(seconds: Int64(time(nil)))) ?? UTCTime.last
}

/// A value from an option or else the environment.
///
/// - Throws: `MissingSetting`.
package func setting(
  _ option: String?, _ variable: String, _ text: String, hint: String
) throws -> String {
  guard let value = option ?? environment(variable) else {
    throw MissingSetting(description: text, hint: hint)
  }
  return value
}

/// The value of an environment variable; an empty one counts as none.
package func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}

/// Neither an option nor the environment says what a tool has to know.
package struct MissingSetting: ExplainedError, Equatable {
  package let description: String
  package let hint: String?

  package init(description: String, hint: String?) {
    self.description = description
    self.hint = hint
  }
}
