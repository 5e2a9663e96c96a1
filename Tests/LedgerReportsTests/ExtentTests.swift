import Ledger
import LedgerReports
import MarkKeys
import Signing
import Testing
import Trade
import TransparencyLog
import _TestSupport

/// Reports of an earlier state of the ledger, and what contradicts it.
@Suite struct ExtentTests {
  /// A checkpoint file of a tree.
  private func checkpoint(
    _ trade: RandomTrade, _ head: TreeHead, origin: String = "ledger.example/random"
  ) throws -> String {
    let key = SigningKey(name: origin, seed: Secret.random())
    let note = try Checkpoint(origin: origin, head: head).signed(by: key)
    return try trade.folder.write("checkpoint", Array(note.text.utf8))
  }

  private func head(_ trade: RandomTrade, _ size: Int64) throws -> TreeHead {
    try ReportSource(trade.file, .size(size)).scan { _ in
      nil as Bool?
    } gather: { _ in
    }
  }

  private func run(_ trade: RandomTrade, _ asOf: String) throws -> Subprocess {
    try Subprocess.run(
      BuiltTools.path("ledger-report"),
      ["balances", "--format", "tsv", "--as-of", asOf, "--ledger", trade.file.path])
  }

  @Test func aReportIsTheSameWhateverIsAddedLater() throws {
    let trade = try RandomTrade(seed: 51)
    try trade.run(60)
    let size = trade.log.coverage.count
    let before = try run(trade, "\(size)").text
    let path = try checkpoint(trade, try head(trade, size))
    try trade.run(60)
    #expect(trade.log.coverage.count > size)
    for asOf in ["\(size)", path] {
      let result = try run(trade, asOf)
      #expect(result.status == 0 && result.text == before, "\(result.errors)")
    }
    #expect(before.contains("# tree size \(size) root "))
  }

  @Test func anotherHistoryEndsWith1() throws {
    let trade = try RandomTrade(seed: 52)
    try trade.run(20)
    let size = Int(trade.log.coverage.count)
    let truth = try head(trade, Int64(size))
    let cases = [
      (
        TreeHead(size: size, root: MerkleTree.emptyRoot), "ledger.example/random", "the root of its"
      ),
      (
        TreeHead(size: size + 1, root: truth.root), "ledger.example/random",
        "it has \(size) entries"
      ),
      (TreeHead(size: size - 1, root: truth.root), "ledger.example/random", "the root of its"),
      (truth, "ledger.example/other", "its name is 'ledger.example/random'"),
    ]
    for (wrong, origin, text) in cases {
      let path = try checkpoint(trade, wrong, origin: origin)
      let result = try run(trade, path)
      #expect(result.status == 1)
      #expect(result.output.isEmpty)
      #expect(
        result.errors.hasPrefix(
          "ledger-report: error: '\(trade.file.path)' contradicts the checkpoint '\(path)': \(text)"
        ),
        "\(result.errors)")
    }
  }
}
