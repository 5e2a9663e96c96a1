import ArgumentParser
import CommandLineSupport
import Ledger
import LedgerCommandSupport
import MarkKeys
import Signing
import Trade

/// What the title is called and who made it.
struct TitleOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What people call the title.", valueName: "text"))
  var title: String?

  @Option(help: ArgumentHelp("Who plays it.", valueName: "text")) var artist: String?

  @Option(help: ArgumentHelp("The ISRC of the recording.", valueName: "code")) var isrc: String?

  @Option(help: ArgumentHelp("The GRid of the release.", valueName: "code")) var grid: String?

  @Option(help: ArgumentHelp("The ICPN of the product.", valueName: "code")) var icpn: String?

  @Option(help: ArgumentHelp("The ISNI of the artist.", valueName: "code")) var isni: String?

  @Option(help: ArgumentHelp("The year of the rights.", valueName: "year")) var year: Int?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "What may not be done without asking; may be repeated: "
        + CopyrightInformation.Rights.words.map(\.word).joined(separator: ", ") + ".",
      valueName: "word"))
  var rights: [String] = []

  /// The options that are given.
  var given: [String] {
    [
      ("--title", title != nil), ("--artist", artist != nil), ("--isrc", isrc != nil),
      ("--grid", grid != nil), ("--icpn", icpn != nil), ("--isni", isni != nil),
      ("--year", year != nil), ("--rights", !rights.isEmpty),
    ].filter(\.1).map(\.0)
  }

  func validate() throws {
    if let year, !(1000...9999).contains(year) {
      throw ValidationError("--year \(year) is outside 1000...9999")
    }
    _ = try rightsBits
  }

  /// The bits of the rights.
  private var rightsBits: CopyrightInformation.Rights {
    get throws {
      try rights.reduce(into: []) { all, word in
        guard let right = CopyrightInformation.Rights.words.first(where: { $0.word == word })
        else { throw ValidationError("--rights \(quoted(word)) is unknown") }
        all.insert(right.right)
      }
    }
  }

  /// What the copyright mark says.
  ///
  /// - Throws: `IdentifierError` or `MessageError`.
  func copyright(of content: Handle, by server: Facts.Party) throws -> CopyrightInformation {
    let number =
      try isrc.map { ContentNumber(packedISRC: try ISRC($0).packed) }
      ?? ContentNumber(hashOf: "\(content)")
    return try CopyrightInformation(
      contentServer: Int(server.number), content: number, year: year, rights: rightsBits)
  }

  /// What the ledger is to say of the title.
  ///
  /// - Throws: `IdentifierError` or `UnsuitableText`.
  func published(_ content: Handle, _ master: SHA256Hash?, _ tariff: Tariff) throws -> Published {
    try checkWords(title, "--title")
    try checkWords(artist, "--artist")
    return Published(
      content: content, title: title ?? "", artist: artist, isrc: try isrc.map { try ISRC($0) },
      grid: try grid.map { try GRid($0) }, icpn: try icpn.map { try ICPN($0) },
      isni: try isni.map { try ISNI($0) }, year: year.map { Int64($0) }, master: master,
      tariff: tariff)
  }
}
