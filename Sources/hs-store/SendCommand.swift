import ArgumentParser
import CommandLineSupport
import Distribution
import HomeServer
import Ledger
import Outlets

/// Gives the user what is held for him (signals 13 and 14).
struct SendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "Hand what is held over to the user, then erase, report and bill",
    discussion: """
      An order of one title is sent as its file, one of several titles as a tar archive or into a \
      folder. When the receiver breaks off, nothing is erased and nothing is billed.
      """)

  @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The copy, or with a slash at its end a folder for files TITLE.EXT; - is standard output.",
      valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Send only what is behind so many bytes of the one copy, which the user has already.",
      valueName: "bytes"))
  var resume: Int64?

  @OptionGroup var home: HomeOptions

  func validate() throws {
    guard let resume else { return }
    if resume < 0 { throw ValidationError("--resume is less than 0") }
    if output != nil, output != "-" {
      throw ValidationError("--resume goes with standard output: >> FILE")
    }
  }

  func run() throws {
    // What cannot be written is found before the order is touched.
    let isFolder = output?.hasSuffix("/") == true
    let output = isFolder ? nil : try OutputFile(output, contents: .binary)
    let handOver = HandOver(try home.books())
    let work = try handOver.begin(Handle(order))
    if let output {
      try send(work, with: handOver, to: output)
    } else {
      try sendFiles(work, with: handOver)
    }
    try handOver.finish(work)
  }

  private func send(_ work: HandOver.Work, with handOver: HandOver, to output: OutputFile) throws {
    let items = work.holding.items
    if items.count == 1 {
      try handOver.write(0, from: resume ?? 0, of: work, to: output)
    } else {
      if resume != nil { throw SendFault.severalCopies(work.holding.order.ordered.order) }
      let tar = TarWriter(output)
      for (number, item) in items.enumerated() {
        try tar.add(item.file, byteCount: item.bytes) { output in
          try handOver.write(number, of: work, to: output)
        }
      }
      try tar.finish()
    }
    try output.finish()
    try output.waitForReader()
  }

  private func sendFiles(_ work: HandOver.Work, with handOver: HandOver) throws {
    let folder = self.output ?? ""
    guard FileStatus(path: folder)?.isFolder == true else { throw SendFault.noFolder(folder) }
    for (number, item) in work.holding.items.enumerated() {
      let kind = item.file.split(separator: ".").last.map(String.init) ?? "audio"
      let output = try OutputFile(
        folder + MasterStore.name(item.content) + "." + kind, contents: .binary)
      try handOver.write(number, of: work, to: output)
      try output.finish()
    }
  }
}

/// Why an order is not sent as was asked.
private enum SendFault: ExplainedError {
  case severalCopies(Handle)
  case noFolder(String)

  var description: String {
    switch self {
    case .severalCopies(let order):
      "the order \(quoted("\(order)")) has several copies, and --resume is for one"
    case .noFolder(let path): "\(quoted(path)) is not a folder"
    }
  }

  var hint: String? {
    switch self {
    case .severalCopies: "send it again from the start"
    case .noFolder: "make it with mkdir"
    }
  }
}
