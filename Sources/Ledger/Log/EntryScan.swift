import CommandLineSupport
import Signing
package import TransparencyLog

/// Goes through all entries of a ledger on all cores, in constant memory, and computes its tree.
package struct EntryScan {
  private let storage: any LogStorage

  package init(_ storage: any LogStorage) { self.storage = storage }

  /// Takes something from each entry, and gathers it in order.
  ///
  /// Forms and numbers are checked, signatures and rules are not.
  ///
  /// - Parameters:
  ///   - limit: how many entries to look at; all by default.
  ///   - take: what is wanted from an entry, nil for nothing; called on several threads.
  ///   - gather: called with each value in the order of the entries.
  /// - Returns: the size and root of the tree of the entries looked at.
  /// - Throws: `LedgerFault`, and what the storage and the two closures throw.
  package func run<Value: Sendable>(
    limit: Int64 = .max, take: @Sendable (EntryHead) throws -> Value?,
    gather: (Value) throws -> Void
  ) throws -> TreeHead {
    var frontier = MerkleFrontier()
    let name = storage.name
    try LineBlocks(storage: storage).read(from: 0, first: 0, to: storage.size(), limit: limit) {
      run in
      let results = ParallelResults<Block<Value>>(count: run.blockCount)
      let shared = UncheckedRun(run: run)
      inParallel(run.blockCount) { block in
        results.set(block) { try Self.work(shared.run, block, name, take) }
      }
      for block in try results.values() {
        for value in block.values { try gather(value) }
        if let root = block.root {
          frontier.append(root, level: 8)
        } else {
          for leaf in block.leaves { frontier.append(leaf) }
        }
      }
    }
    return frontier.head
  }

  /// The bytes of a run stay in place and unchanged while its blocks are worked on.
  private struct UncheckedRun: @unchecked Sendable {
    let run: LineBlocks.Run
  }

  /// What was found in a block.
  private struct Block<Value: Sendable>: Sendable {
    var values: [Value] = []
    var leaves: [SHA256Hash] = []
    /// The root of a complete block.
    var root: SHA256Hash?
  }

  private static func work<Value: Sendable>(
    _ run: LineBlocks.Run, _ block: Int, _ name: String,
    _ take: (EntryHead) throws -> Value?
  ) throws -> Block<Value> {
    let reader = EntryReader()
    var found = Block<Value>()
    let lines = run.lines(ofBlock: block)
    found.leaves.reserveCapacity(lines.count)
    for number in lines {
      let line = run.line(number)
      let index = run.first + Int64(number)
      do {
        let head = try reader.read(line)
        if head.index != index { throw EntryFault.wrongIndex(head.index, expected: index) }
        if let value = try take(head) { found.values.append(value) }
      } catch let error as any ExplainedError {
        throw LedgerFault.badEntry(name, index, error.description)
      }
      found.leaves.append(MerkleTree.leafHash(line))
    }
    if lines.count == Int(Coverage.blockSize) { found.root = MerkleTree.root(of: found.leaves) }
    return found
  }
}
