import CommandLineSupport
import Signing
import Trade
import TransparencyLog

/// What is left to do with an entry once its form is known.
struct ReadEntry: Sendable {
  let author: String
  let id: String
  let idTerm: Term
  /// What happened; nil where that does not matter any more.
  let event: Event?
  let terms: [Term]
  let time: UTCTime
  let signature: Signature
  /// Where in the line the signature stands, with its name and comma.
  let signatureMember: Range<Int>
}

/// The first thing wrong among some entries.
struct WrongEntry: Sendable {
  /// The number of the entry, from 0.
  let index: Int64
  let reason: String
}

/// A block of lines whose form has been checked; made on several threads.
struct ReadBlock: Sendable {
  var leaves: [SHA256Hash] = []
  /// The entries up to the first that has no proper form.
  var entries: [ReadEntry] = []
  var wrong: WrongEntry?

  /// Reads a block of a run.
  ///
  /// - Parameters:
  ///   - run: the run.
  ///   - number: the block.
  ///   - trusted: how many entries at the start of the ledger were verified before.
  init(_ run: LineBlocks.Run, _ number: Int, trusted: Int64) {
    let reader = EntryReader()
    let lines = run.lines(ofBlock: number)
    leaves.reserveCapacity(lines.count)
    entries.reserveCapacity(lines.count)
    for lineNumber in lines {
      let line = run.line(lineNumber)
      leaves.append(MerkleTree.leafHash(line))
      if wrong != nil { continue }
      let index = run.first + Int64(lineNumber)
      do {
        let head = try reader.read(line)
        if head.index != index { throw EntryFault.wrongIndex(head.index, expected: index) }
        // The first entry names the ledger and is looked at in any case.
        let isTrusted = index > 0 && index < trusted
        let event = isTrusted && !head.kind.isOfState ? nil : try head.event()
        entries.append(
          ReadEntry(
            author: isTrusted ? "" : head.author.string ?? "",
            id: isTrusted ? "" : try Handle(head.id.string ?? "").description,
            idTerm: head.idTerm, event: event, terms: event?.body.terms ?? [], time: head.time,
            signature: head.signature, signatureMember: head.signatureMember))
      } catch let error as any ExplainedError {
        wrong = WrongEntry(index: index, reason: error.description)
      } catch {
        wrong = WrongEntry(index: index, reason: "\(error)")
      }
    }
  }
}
