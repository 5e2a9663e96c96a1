import ArgumentParser
import AudioStreams
import CommandLineSupport
import Distribution
import Ledger
import LedgerCommandSupport
import MarkKeys
import Masters
import Trade

/// Takes titles into the catalogue.
@main struct CSPublish: Tool {
  static let configuration = CommandConfiguration(
    commandName: "cs-publish",
    abstract: "Take a title into the catalogue and place it on delivery servers",
    usage: """
      cs-publish [options] --content HANDLE --title TEXT --currency CODE --price DECIMAL [FILE]
      cs-publish [options] --content HANDLE --place SERVER[=FOLDER] ...
      cs-publish --list [--json] | --send HANDLE | --verify | --withdraw --content HANDLE
      """,
    discussion: """
      Every command can be given twice: what is done already is left as it is.
      """,
    version: suiteVersion)

  @Option(help: ArgumentHelp("What the title is called in the ledger.", valueName: "handle"))
  var content: String?

  @OptionGroup(title: "Title") var title: TitleOptions
  @OptionGroup(title: "Terms") var terms: PriceOptions
  @OptionGroup(title: "Terms") var shop: MediumOptions
  @OptionGroup(title: "Placing") var placing: PlacingOptions
  @OptionGroup(title: "Catalogue") var action: ActionOptions

  @Option(
    help: ArgumentHelp("The folder of this server. (default: $SUKASHI_STORE)", valueName: "folder"))
  var store: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The mark key. (default: what SUKASHI_KEY names)", valueName: "key"))
  var key: String?

  @Option(
    help: ArgumentHelp(
      "Read samples without a header: RATE,CHANNELS,ENCODING.", valueName: "format"))
  var raw: String?

  @OptionGroup(title: "Film") var film: FilmOptions

  @Flag(help: "Let another recording take the place of one that was published.") var replace = false

  @Flag(name: .shortAndLong, help: "Take also what already carries a mark of the key.")
  var force = false

  @OptionGroup(title: "Ledger") var writing: WritingOptions
  @OptionGroup var verbosity: VerbosityOptions

  @Argument(
    help: ArgumentHelp("The recording, picture or film; - is standard input.", valueName: "file"))
  var input: String?

  func validate() throws {
    if action.action != .publish, action.action != .withdraw {
      if content != nil {
        throw ValidationError("--content and \(action.action.rawValue) exclude each other")
      }
    } else if content == nil {
      throw ValidationError("--content is missing")
    }
    if action.action != .publish {
      let given =
        title.given + terms.given + shop.given + placing.given + (input == nil ? [] : ["FILE"])
      if let option = given.first {
        throw ValidationError("\(option) does not go with \(action.action.rawValue)")
      }
    } else if isRecordingGiven {
      if title.title == nil { throw ValidationError("--title is missing") }
      try terms.checkComplete()
    } else if placing.place.isEmpty {
      throw ValidationError("no terms of a title, and no --place")
    }
    if key == "-", input ?? "-" == "-", isRecordingGiven {
      throw ValidationError("the key and the recording cannot both be standard input")
    }
  }

  /// Whether a title is to be published, not only placed.
  private var isRecordingGiven: Bool {
    input != nil || !title.given.isEmpty || !terms.given.isEmpty || !shop.given.isEmpty
  }

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: Self.name)
    let shelf = try Shelf(
      store: MasterStore(
        setting(
          store, "SUKASHI_STORE", "no store is named",
          hint: "use --store FOLDER or set SUKASHI_STORE")), writing: writing,
      diagnostics: diagnostics)
    switch action.action {
    case .list: return try shelf.list(asJSON: action.json)
    case .send: return try shelf.send(Handle(action.send ?? ""))
    case .verify: return try shelf.verify()
    case .withdraw:
      try checkWords(action.reason, "--reason")
      return try shelf.withdraw(Handle(content ?? ""), reason: action.reason)
    case .publish: break
    }
    let content = try Handle(content ?? "")
    let targets = try placing.targets()
    if isRecordingGiven { try publish(content, on: shelf) }
    if !targets.isEmpty { try shelf.place(content, on: targets) }
  }

  private func publish(_ content: Handle, on shelf: Shelf) throws {
    let diagnostics = shelf.diagnostics
    let keyFile = try KeyChoice.key(option: key)
    if let warning = keyFile.warning { diagnostics.warning(warning, hint: keyFile.hint) }
    let tariff = try terms.tariff(medium: shop.medium)
    let raw = try raw.map { try RawFormat(parsing: $0) }
    // All that can be wrong is found before anything is made.
    let (server, isKnown) = try shelf.rehearse(title.published(content, nil, tariff))
    let rendering = MasterRendering(
      content: content, key: keyFile.key, copyright: try title.copyright(of: content, by: server),
      takesMarked: force, replaces: replace)
    let master = try PublishedMedium(
      path: input ?? "-", raw: raw, film: film, namesRights: !title.rights.isEmpty
    ).master(
      rendering, content, isKnown: isKnown, shelf)
    // The entry comes when the master is there for good.
    try shelf.publish(title.published(content, master.identity, tariff))
  }
}
