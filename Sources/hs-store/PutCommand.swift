import ArgumentParser
import CommandLineSupport

/// Stores a parcel.
struct PutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "put", abstract: "Store a parcel")

  func run() throws {}
}
